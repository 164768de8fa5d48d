package org.espalier.network;

/**
 * Shape of one image, as {@code [height, width, channels]}.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels values a pixel, at least 1
 */
public record ImageShape(int height, int width, int channels) {
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "an image shape needs positive sizes, got [%s, %s, %s]"
              .formatted(height, width, channels));
    }
  }

  /** Values of one image: {@code height * width * channels}. */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  @Override
  public String toString() {
    return "[%s, %s, %s]".formatted(height, width, channels);
  }
}
