package org.espalier.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.espalier.network.ImageShape;

/**
 * A small picture.
 *
 * @param dataUri PNG as a {@code data:} URI
 * @param caption below it
 */
public record Picture(String dataUri, String caption) {
  public Picture {
    if (!dataUri.matches("data:image/png;base64,[A-Za-z0-9+/=]+")) {
      throw new IllegalArgumentException("a picture is a PNG data URI");
    }
  }

  /**
   * A picture of an example.
   *
   * @param shape of the pixels; one channel is shown grey, three as red, green, blue
   * @param pixels {@code [height, width, channels]}, unsigned
   * @param maxValue the brightest pixel value, at least 1
   * @param caption below it
   */
  public static Picture of(ImageShape shape, byte[] pixels, int maxValue, String caption) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int at = (row * shape.width() + column) * shape.channels();
        int rgb = 0;
        for (int colour = 0; colour < 3; colour++) {
          int value = Byte.toUnsignedInt(pixels[at + (shape.channels() >= 3 ? colour : 0)]);
          rgb = rgb << 8 | Math.min(255, value * 255 / maxValue);
        }
        image.setRGB(column, row, rgb);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Picture(
        "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray()), caption);
  }
}
