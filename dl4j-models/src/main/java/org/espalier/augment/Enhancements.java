package org.espalier.augment;

import org.espalier.network.ImageShape;

/**
 * Operations that mix the image with a poorer one, as Pillow's {@code ImageEnhance} defines them:
 * {@code poor + factor * (pixel - poor)} in float32, cut off to a byte. Factor 1 is the image, 0
 * the poorer one.
 */
final class Enhancements {
  private static final int WHITE = 255;

  private Enhancements() {}

  static void brightness(Canvas canvas, float factor) {
    awayFrom(canvas, 0, factor);
  }

  static void contrast(Canvas canvas, float factor) {
    byte[] pixels = canvas.pixels();
    int channels = canvas.shape().channels();
    long sum = 0;
    for (int i = 0; i < pixels.length; i += channels) {
      sum += channels == 3 ? grey(pixels, i) : pixels[i] & WHITE;
    }
    long count = pixels.length / channels;
    awayFrom(canvas, (int) ((2 * sum + count) / (2 * count)), factor);
  }

  /** The same for every pixel, so values can be looked up. */
  private static void awayFrom(Canvas canvas, int poor, float factor) {
    for (int value = 0; value <= WHITE; value++) {
      canvas.table()[value] = mixed(poor, value, factor);
    }
    Tones.lookUp(canvas, 0, 1);
  }

  static void color(Canvas canvas, float factor) {
    byte[] pixels = canvas.pixels();
    if (canvas.shape().channels() != 3) {
      return;
    }
    for (int i = 0; i < pixels.length; i += 3) {
      int grey = grey(pixels, i);
      pixels[i] = mixed(grey, pixels[i] & WHITE, factor);
      pixels[i + 1] = mixed(grey, pixels[i + 1] & WHITE, factor);
      pixels[i + 2] = mixed(grey, pixels[i + 2] & WHITE, factor);
    }
  }

  /** ITU-R 601-2 luma in fixed point. */
  private static int grey(byte[] pixels, int at) {
    return ((pixels[at] & WHITE) * 19595
            + (pixels[at + 1] & WHITE) * 38470
            + (pixels[at + 2] & WHITE) * 7471
            + 0x8000)
        >> 16;
  }

  /** The poorer image is the mean of 3 x 3 pixels, the middle one five times; edges stay. */
  static void sharpness(Canvas canvas, float factor) {
    ImageShape shape = canvas.shape();
    if (shape.height() < 3 || shape.width() < 3) {
      return;
    }
    int rowSize = shape.width() * shape.channels();
    byte[] from = canvas.pixels();
    byte[] to = canvas.other();
    System.arraycopy(from, 0, to, 0, from.length);
    for (int y = 1; y < shape.height() - 1; y++) {
      int start = y * rowSize;
      for (int channel = 0; channel < shape.channels(); channel++) {
        sharpenRow(canvas, start + channel, rowSize, factor);
      }
    }
    canvas.show();
  }

  private static void sharpenRow(Canvas canvas, int start, int rowSize, float factor) {
    byte[] from = canvas.pixels();
    byte[] to = canvas.other();
    int channels = canvas.shape().channels();
    int end = start + rowSize - channels;
    int left = column(from, start, rowSize);
    int middle = column(from, start + channels, rowSize);
    for (int i = start + channels; i < end; i += channels) {
      int right = column(from, i + channels, rowSize);
      int value = from[i] & WHITE;
      // Halves never occur, so this is the rounded quotient by 13.
      int smooth = (2 * (left + middle + right + 4 * value) + 13) / 26;
      to[i] = mixed(smooth, value, factor);
      left = middle;
      middle = right;
    }
  }

  private static int column(byte[] pixels, int at, int rowSize) {
    return (pixels[at - rowSize] & WHITE) + (pixels[at] & WHITE) + (pixels[at + rowSize] & WHITE);
  }

  private static byte mixed(int poor, int value, float factor) {
    int mixed = (int) (poor + factor * (value - poor));
    return (byte) Math.max(0, Math.min(WHITE, mixed));
  }
}
