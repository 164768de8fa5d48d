package org.espalier.report;

import org.espalier.network.ImageShape;
import org.espalier.storage.Bytes;

/**
 * A small picture, as pixels. One or two channels are shown by the first, in grey; three or more by
 * the first three, as red, green and blue.
 *
 * @param shape of the pixels
 * @param pixels {@code [height, width, channels]}, unsigned, from 0 to 255
 * @param caption below it
 */
public record Picture(ImageShape shape, Bytes pixels, String caption) {
  public Picture {
    if (pixels.size() != shape.size()) {
      throw new IllegalArgumentException(
          "a picture of shape %s needs %s pixel values, got %s"
              .formatted(shape, shape.size(), pixels.size()));
    }
  }

  /**
   * A picture of an example.
   *
   * @param shape of the pixels
   * @param pixels {@code [height, width, channels]}, unsigned
   * @param maxValue the brightest pixel value, from 1 to 255; brighter ones are shown like it
   * @param caption below it
   */
  public static Picture of(ImageShape shape, byte[] pixels, int maxValue, String caption) {
    if (maxValue < 1 || maxValue > 255) {
      throw new IllegalArgumentException("maxValue must be in [1, 255], got " + maxValue);
    }
    byte[] stretched = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      stretched[i] = (byte) Math.min(255, Byte.toUnsignedInt(pixels[i]) * 255 / maxValue);
    }
    return new Picture(shape, Bytes.of(stretched), caption);
  }
}
