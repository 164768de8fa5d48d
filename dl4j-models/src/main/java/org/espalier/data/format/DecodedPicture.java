package org.espalier.data.format;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.Set;

/** A decoded picture: unsigned bytes {@code [height, width, channels]}. */
final class DecodedPicture {
  /** Orientations whose first stored row is at the bottom or at the right. */
  private static final Set<Integer> ROWS_BACKWARDS = Set.of(3, 4, 6, 7);

  /** Orientations whose first stored column is at the right or at the bottom. */
  private static final Set<Integer> COLUMNS_BACKWARDS = Set.of(2, 3, 7, 8);

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

  /**
   * This picture in grey or in colour. Colour becomes grey by the weights of ITU-R BT.601.
   *
   * @param wanted channels, 1 or 3
   */
  DecodedPicture withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    byte[] changed = new byte[Math.multiplyExact(height * width, wanted)];
    for (int i = 0; i < height * width; i++) {
      if (wanted == 1) {
        int red = pixels[3 * i] & 255;
        int green = pixels[3 * i + 1] & 255;
        int blue = pixels[3 * i + 2] & 255;
        changed[i] = (byte) ((77 * red + 150 * green + 29 * blue + 128) >> 8);
      } else {
        changed[3 * i] = pixels[i];
        changed[3 * i + 1] = pixels[i];
        changed[3 * i + 2] = pixels[i];
      }
    }
    return new DecodedPicture(height, width, wanted, changed);
  }

  /** This picture with black for white. */
  DecodedPicture inverted() {
    byte[] changed = pixels.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = (byte) ~changed[i];
    }
    return new DecodedPicture(height, width, channels, changed);
  }

  /**
   * This picture as it is meant to be seen.
   *
   * @param orientation of the tag of that name in TIFF 6.0 and EXIF, 1 to 8: 1 is upright
   */
  DecodedPicture upright(int orientation) {
    if (orientation == 1) {
      return this;
    }
    boolean turned = orientation >= 5;
    boolean rowsBackwards = ROWS_BACKWARDS.contains(orientation);
    boolean columnsBackwards = COLUMNS_BACKWARDS.contains(orientation);
    int newHeight = turned ? width : height;
    int newWidth = turned ? height : width;
    byte[] moved = new byte[pixels.length];
    int next = 0;
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int along = turned ? x : y;
        int across = turned ? y : x;
        int row = rowsBackwards ? height - 1 - along : along;
        int column = columnsBackwards ? width - 1 - across : across;
        System.arraycopy(pixels, (row * width + column) * channels, moved, next, channels);
        next += channels;
      }
    }
    return new DecodedPicture(newHeight, newWidth, channels, moved);
  }

  /**
   * This picture on a larger white one.
   *
   * @param newHeight rows of the larger one
   * @param newWidth columns of the larger one
   * @param top its row where this picture begins
   * @param left its column where this picture begins
   */
  DecodedPicture placed(int newHeight, int newWidth, int top, int left) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    byte[] larger = new byte[Math.multiplyExact(newHeight * newWidth, channels)];
    Arrays.fill(larger, (byte) 255);
    for (int y = 0; y < height; y++) {
      int to = ((top + y) * newWidth + left) * channels;
      System.arraycopy(pixels, y * width * channels, larger, to, width * channels);
    }
    return new DecodedPicture(newHeight, newWidth, channels, larger);
  }

  /** The image with these colours, of which this picture has three, and with its transparency. */
  BufferedImage colouring(BufferedImage image) {
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          raster.setSample(x, y, c, value(y, x, c));
        }
      }
    }
    return image;
  }
}
