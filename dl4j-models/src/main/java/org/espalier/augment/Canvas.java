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
  private final byte[] table = new byte[Placement.LEVELS];
  private final int[] counts = new int[Placement.LEVELS];
  private byte[] pixels;
  private byte[] other;

  /**
   * A canvas for images of a shape.
   *
   * @param shape of the images
   * @param fill value of pixels that an operation leaves empty, 0 (black) to 255
   */
  public Canvas(ImageShape shape, int fill) {
    if (fill < 0 || fill > 255) {
      throw new IllegalArgumentException("fill must be from 0 to 255, got " + fill);
    }
    this.shape = shape;
    this.fill = (byte) fill;
    this.pixels = new byte[shape.size()];
    this.other = new byte[shape.size()];
  }

  /**
   * The image itself: unsigned bytes from 0 (black) to 255, {@code [height, width, channels]}, to
   * be written before and read after operations. They may exchange the array for another.
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
    int channels = shape.channels();
    int rowSize = shape.width() * channels;
    for (int start = 0; start < pixels.length; start += rowSize) {
      int left = start;
      for (int right = start + rowSize - channels; left < right; right -= channels) {
        for (int c = 0; c < channels; c++) {
          byte kept = pixels[left + c];
          pixels[left + c] = pixels[right + c];
          pixels[right + c] = kept;
        }
        left += channels;
      }
    }
  }
}
