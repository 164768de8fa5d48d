package org.espalier.tensor;

/**
 * A square window sliding over images, padded symmetrically by {@code dilation * (kernel - 1) / 2}
 * (integer division).
 *
 * @param kernel side, at least 1
 * @param stride at least 1
 * @param dilation distance between neighbouring taps, at least 1
 */
public record Window(int kernel, int stride, int dilation) {
  public Window {
    if (kernel < 1 || stride < 1 || dilation < 1) {
      throw new IllegalArgumentException(
          "kernel, stride and dilation must be at least 1, got %s, %s, %s"
              .formatted(kernel, stride, dilation));
    }
  }

  /** Places added on each side. */
  public int padding() {
    return dilation * (kernel - 1) / 2;
  }

  /**
   * Output size of an axis: {@code floor((n + 2 padding - dilation (kernel - 1) - 1) / stride) +
   * 1}.
   *
   * @param n input size
   */
  public int output(int n) {
    int room = n + 2 * padding() - dilation * (kernel - 1) - 1;
    if (room < 0) {
      throw new IllegalArgumentException("%s does not fit into %s places".formatted(this, n));
    }
    return room / stride + 1;
  }

  /**
   * Shape after sliding over {@code [batch, height, width, c]}.
   *
   * @param images input shape
   * @param channels output channels
   */
  public Shape output(Shape images, int channels) {
    if (images.rank() != 4) {
      throw new IllegalArgumentException(
          "images are [batch, height, width, channels], got " + images);
    }
    return Shape.of(
        images.dimension(0), output(images.dimension(1)), output(images.dimension(2)), channels);
  }

  long[] nativeArguments(long... last) {
    long[] first = {kernel, kernel, stride, stride, padding(), padding(), dilation, dilation, 0};
    long[] all = java.util.Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, all, first.length, last.length);
    return all;
  }
}
