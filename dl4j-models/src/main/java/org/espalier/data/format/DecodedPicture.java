package org.espalier.data.format;

/** A decoded picture: unsigned bytes {@code [height, width, channels]}. */
final class DecodedPicture {
  private final int height;
  private final int width;
  private final int channels;
  private final byte[] pixels;

  /** Takes over the pixels. */
  DecodedPicture(int height, int width, int channels, byte[] pixels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.pixels = pixels;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int channels() {
    return channels;
  }

  /** The pixels themselves, not a copy. */
  byte[] pixels() {
    return pixels;
  }

  int value(int row, int column, int channel) {
    return Byte.toUnsignedInt(pixels[(row * width + column) * channels + channel]);
  }
}
