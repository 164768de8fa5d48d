package org.espalier.report.html;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.espalier.network.ImageShape;
import org.espalier.report.Picture;
import org.espalier.report.Pictures;

/** Draws {@link Pictures} as PNG inside the page. */
final class PicturesRenderer {
  private PicturesRenderer() {}

  static String render(Pictures pictures) {
    Html html = new Html().add("<figure><figcaption>%s</figcaption>", pictures.title());
    html.raw("<ul class=\"pictures\">");
    for (Picture picture : pictures.pictures()) {
      html.add(
          "<li><img src=\"%s\" alt=\"\"><span>%s</span></li>", dataUri(picture), picture.caption());
    }
    return html.raw("</ul></figure>").toString();
  }

  private static String dataUri(Picture picture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(picture), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
  }

  private static BufferedImage image(Picture picture) {
    ImageShape shape = picture.shape();
    ByteBuffer pixels = picture.pixels().view();
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int at = (row * shape.width() + column) * shape.channels();
        int rgb = 0;
        for (int colour = 0; colour < 3; colour++) {
          rgb =
              rgb << 8 | Byte.toUnsignedInt(pixels.get(at + (shape.channels() >= 3 ? colour : 0)));
        }
        image.setRGB(column, row, rgb);
      }
    }
    return image;
  }
}
