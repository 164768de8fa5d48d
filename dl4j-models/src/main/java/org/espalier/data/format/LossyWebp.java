package org.espalier.data.format;

import com.twelvemonkeys.imageio.plugins.webp.vp8.VP8Frame;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import com.twelvemonkeys.imageio.stream.SubImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Colours of lossy WebP pictures as libwebp makes them, which nearly every program reads by: the
 * colour planes of half the size are interpolated ("fancy upsampling"), where the library that
 * decodes the planes would repeat each value four times.
 */
final class LossyWebp {
  private final VP8Frame frame;

  private LossyWebp(VP8Frame frame) {
    this.frame = frame;
  }

  /**
   * Red, green and blue of a frame, without its transparency.
   *
   * @param file all bytes of a WebP
   * @param place of the frame's data
   */
  static DecodedPicture decode(byte[] file, WebpFile.Place place) throws IOException {
    try (ImageInputStream all = new ByteArrayImageInputStream(file)) {
      all.seek(place.from());
      VP8Frame frame = new VP8Frame(new SubImageInputStream(all, place.length()), false);
      // Its own colours are not used: they go where there is room for one pixel.
      BufferedImage unused = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
      if (!frame.decode(unused.getRaster(), null)) {
        throw new IOException("no key frame in the WebP");
      }
      return new LossyWebp(frame).picture();
    }
  }

  private DecodedPicture picture() {
    int height = frame.getHeight();
    int width = frame.getWidth();
    // The library shows the decoded planes only as images of full size.
    int[] luma = plane(frame.getDebugImageYBuffer(), 1);
    int[] blue = doubled(plane(frame.getDebugImageUBuffer(), 2), height, width);
    int[] red = doubled(plane(frame.getDebugImageVBuffer(), 2), height, width);
    byte[] pixels = new byte[Math.multiplyExact(height * width, 3)];
    for (int i = 0; i < luma.length; i++) {
      int grey = (luma[i] * 19077) >> 8;
      pixels[3 * i] = limited(grey + ((red[i] * 26149) >> 8) - 14234);
      pixels[3 * i + 1] = limited(grey - ((blue[i] * 6419) >> 8) - ((red[i] * 13320) >> 8) + 8708);
      pixels[3 * i + 2] = limited(grey + ((blue[i] * 33050) >> 8) - 17685);
    }
    return new DecodedPicture(height, width, 3, pixels);
  }

  /** One value of each square of an image that shows a plane as grey. */
  private static int[] plane(BufferedImage shown, int square) {
    Raster values = shown.getRaster();
    int height = (shown.getHeight() + square - 1) / square;
    int width = (shown.getWidth() + square - 1) / square;
    int[] plane = new int[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        plane[y * width + x] = values.getSample(x * square, y * square, 0);
      }
    }
    return plane;
  }

  /**
   * Interpolates a plane: 9 parts of the nearest value, 3 of the next in row and column, 1 of the
   * one across, with the roundings of libwebp (upsampling.c).
   */
  private static int[] doubled(int[] half, int height, int width) {
    int halfHeight = (height + 1) / 2;
    int halfWidth = (width + 1) / 2;
    int[] full = new int[height * width];
    for (int y = 0; y < height; y++) {
      int near = y / 2 * halfWidth;
      int far = neighbour(y, halfHeight) * halfWidth;
      for (int x = 0; x < width; x++) {
        int side = neighbour(x, halfWidth);
        int value = half[near + x / 2];
        int inRow = half[near + side];
        int inColumn = half[far + x / 2];
        int sum = value + inRow + inColumn + half[far + side] + 8;
        full[y * width + x] = (((sum + 2 * (inRow + inColumn)) >> 3) + value) >> 1;
      }
    }
    return full;
  }

  /** The second nearest position of the half-sized plane; the border is mirrored. */
  private static int neighbour(int position, int halfSize) {
    int wanted = position / 2 + (position % 2 == 0 ? -1 : 1);
    return Math.max(0, Math.min(halfSize - 1, wanted));
  }

  private static byte limited(int value) {
    return (byte) Math.max(0, Math.min(255, value >> 6));
  }
}
