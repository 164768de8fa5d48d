package org.espalier.augment;

import java.util.Arrays;
import org.espalier.network.ImageShape;

/**
 * Where the pixels of one image go: first mirrored, then shifted, then a square is cut out.
 *
 * @param down rows by which the image moves down; what is empty becomes pixel value 0
 * @param right columns by which the image moves right
 * @param flipped whether left and right are exchanged first
 * @param holeTop first row of the square, may be outside
 * @param holeLeft first column of the square, may be outside
 * @param holeSide side of the square; 0 for none
 */
public record Placement(
    int down, int right, boolean flipped, int holeTop, int holeLeft, int holeSide) {
  /** Everything stays where it is. */
  public static final Placement IDENTITY = new Placement(0, 0, false, 0, 0, 0);

  /** Possible values of a byte; the levels of one channel. */
  public static final int LEVELS = 256;

  /**
   * Writes one image.
   *
   * @param pixels unsigned bytes, {@code [height, width, channels]} from {@code from} on
   * @param from first byte of the image
   * @param shape of the image
   * @param levels what each pixel value becomes, {@code [channels, 256]}
   * @param target receives {@code [height, width, channels]}
   * @param to first position written
   */
  public void render(
      byte[] pixels, int from, ImageShape shape, float[] levels, float[] target, int to) {
    if (equals(IDENTITY)) {
      copy(pixels, from, shape.size(), shape.channels(), levels, target, to);
      return;
    }
    int rowSize = shape.width() * shape.channels();
    for (int row = 0; row < shape.height(); row++) {
      int source = row - down;
      int start = to + row * rowSize;
      if (source < 0 || source >= shape.height()) {
        fillBlank(target, start, shape.width(), shape.channels(), levels);
      } else {
        renderRow(pixels, from + source * rowSize, shape, levels, target, start);
      }
    }
    cutHole(shape, target, to);
  }

  private void renderRow(
      byte[] pixels, int from, ImageShape shape, float[] levels, float[] target, int to) {
    int width = shape.width();
    int channels = shape.channels();
    int first = Math.min(width, Math.max(0, right));
    int end = Math.max(first, Math.min(width, width + right));
    fillBlank(target, to, first, channels, levels);
    if (flipped) {
      for (int column = first; column < end; column++) {
        int source = from + (width - 1 - (column - right)) * channels;
        copy(pixels, source, channels, channels, levels, target, to + column * channels);
      }
    } else {
      int source = from + (first - right) * channels;
      int count = (end - first) * channels;
      copy(pixels, source, count, channels, levels, target, to + first * channels);
    }
    fillBlank(target, to + end * channels, width - end, channels, levels);
  }

  private void cutHole(ImageShape shape, float[] target, int to) {
    int top = Math.max(0, holeTop);
    int bottom = Math.min(shape.height(), holeTop + holeSide);
    int left = Math.max(0, holeLeft);
    int end = Math.min(shape.width(), holeLeft + holeSide);
    int rowSize = shape.width() * shape.channels();
    for (int row = top; row < bottom && left < end; row++) {
      int start = to + row * rowSize;
      // After normalisation 0 is the training mean.
      Arrays.fill(target, start + left * shape.channels(), start + end * shape.channels(), 0f);
    }
  }

  private static void copy(
      byte[] pixels, int from, int count, int channels, float[] levels, float[] target, int to) {
    if (channels == 1) {
      for (int i = 0; i < count; i++) {
        target[to + i] = levels[pixels[from + i] & 255];
      }
      return;
    }
    for (int i = 0; i < count; i += channels) {
      for (int c = 0; c < channels; c++) {
        target[to + i + c] = levels[c * LEVELS + (pixels[from + i + c] & 255)];
      }
    }
  }

  private static void fillBlank(
      float[] target, int from, int columns, int channels, float[] levels) {
    for (int i = 0; i < columns * channels; i++) {
      target[from + i] = levels[i % channels * LEVELS];
    }
  }
}
