package org.espalier.augment;

import java.util.Arrays;
import java.util.List;
import org.espalier.network.ImageShape;

/**
 * One image after the other, while operations change it. Takes no more memory than it has from its
 * start. For one thread.
 */
public final class Canvas {
  private final ImageShape shape;
  private final byte fill;
  private final byte[] stretched = new byte[Placement.LEVELS];
  private final byte[] table = new byte[Placement.LEVELS];
  private final int[] counts = new int[Placement.LEVELS];
  private byte[] pixels;
  private byte[] other;

  /**
   * A canvas for images of a shape.
   *
   * @param shape of the images
   * @param maxValue largest value of a pixel in the images to be loaded, 1 to 255
   * @param fill value of pixels that an operation leaves empty, 0 (black) to 255
   */
  public Canvas(ImageShape shape, int maxValue, int fill) {
    if (maxValue < 1 || maxValue > 255) {
      throw new IllegalArgumentException("maxValue must be from 1 to 255, got " + maxValue);
    }
    if (fill < 0 || fill > 255) {
      throw new IllegalArgumentException("fill must be from 0 to 255, got " + fill);
    }
    this.shape = shape;
    this.fill = (byte) fill;
    this.pixels = new byte[shape.size()];
    this.other = new byte[shape.size()];
    for (int value = 0; value < Placement.LEVELS; value++) {
      stretched[value] = (byte) ((2 * 255 * Math.min(value, maxValue) + maxValue) / (2 * maxValue));
    }
  }

  /**
   * Begins with another image.
   *
   * @param image unsigned bytes, {@code [height, width, channels]}; the largest value of the images
   *     becomes 255, which is white to all operations
   */
  public void load(byte[] image) {
    if (stretched[1] == 1) {
      System.arraycopy(image, 0, pixels, 0, pixels.length);
      return;
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = stretched[image[i] & 255];
    }
  }

  /**
   * The image as it is now: unsigned bytes from 0 (black) to 255 (white), {@code [height, width,
   * channels]}. Valid until something else happens to the canvas.
   */
  public byte[] pixels() {
    return pixels;
  }

  /** Shape of the image. */
  public ImageShape shape() {
    return shape;
  }

  /**
   * Applies operations, one after the other.
   *
   * @throws org.espalier.text.InputException if a step would leave nothing of the image
   */
  public void apply(List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      step.operation().apply(this, step);
    }
  }

  /** Memory for a changed image, to be shown by {@link #show}. */
  byte[] other() {
    return other;
  }

  /** Makes what was written to {@link #other} the image. */
  void show() {
    byte[] shown = other;
    other = pixels;
    pixels = shown;
  }

  /** Memory for what each value becomes. */
  byte[] table() {
    return table;
  }

  /** Memory for how often there is each value. */
  int[] counts() {
    return counts;
  }

  byte fill() {
    return fill;
  }

  void fillSquare(int row, int column, int side) {
    int top = Math.max(0, row - side / 2);
    int bottom = Math.min(shape.height(), row - side / 2 + side);
    int left = Math.max(0, column - side / 2);
    int right = Math.min(shape.width(), column - side / 2 + side);
    for (int y = top; y < bottom && left < right; y++) {
      int start = y * shape.width();
      Arrays.fill(
          pixels, (start + left) * shape.channels(), (start + right) * shape.channels(), fill);
    }
  }

  void flip() {
    if (shape.channels() == 1) {
      flipGrey();
    } else {
      flipRows();
    }
    show();
  }

  private void flipGrey() {
    int width = shape.width();
    for (int start = 0; start < pixels.length; start += width) {
      for (int x = 0; x < width; x++) {
        other[start + x] = pixels[start + width - 1 - x];
      }
    }
  }

  private void flipRows() {
    int channels = shape.channels();
    int rowSize = shape.width() * channels;
    for (int start = 0; start < pixels.length; start += rowSize) {
      int from = start + rowSize - channels;
      for (int to = start; to < start + rowSize; to += channels) {
        copyPixel(from, to);
        from -= channels;
      }
    }
  }

  /** Copies one pixel of the image to {@link #other}. */
  void copyPixel(int from, int to) {
    other[to] = pixels[from];
    if (shape.channels() == 3) {
      other[to + 1] = pixels[from + 1];
      other[to + 2] = pixels[from + 2];
      return;
    }
    for (int c = 1; c < shape.channels(); c++) {
      other[to + c] = pixels[from + c];
    }
  }
}
