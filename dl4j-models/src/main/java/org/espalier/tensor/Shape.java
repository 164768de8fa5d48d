package org.espalier.tensor;

import java.util.Arrays;

/** The sizes of a tensor's axes; images are {@code [batch, height, width, channels]}. */
public final class Shape {
  private final int[] dimensions;
  private final long size;
  private final int hash;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
    this.size = Arrays.stream(dimensions).asLongStream().reduce(1, Math::multiplyExact);
    this.hash = Arrays.hashCode(dimensions);
  }

  /**
   * A shape with at least one axis.
   *
   * @param dimensions sizes, each at least 1
   */
  public static Shape of(int... dimensions) {
    if (dimensions.length == 0 || Arrays.stream(dimensions).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "a shape needs at least one axis, each of size 1 or more, got "
              + Arrays.toString(dimensions));
    }
    return new Shape(dimensions.clone());
  }

  /** Number of axes. */
  public int rank() {
    return dimensions.length;
  }

  /**
   * Size of one axis.
   *
   * @param axis from 0; negative axes count from the end, -1 being the last
   */
  public int dimension(int axis) {
    return dimensions[axis < 0 ? dimensions.length + axis : axis];
  }

  /** A copy of the sizes. */
  public int[] dimensions() {
    return dimensions.clone();
  }

  /** Number of elements. */
  public long size() {
    return size;
  }

  /** Size of the last axis: the channels of an image. */
  public int channels() {
    return dimension(-1);
  }

  /** Product of all sizes but the last: the rows of the matrix {@code [rows, channels]}. */
  public long rows() {
    return size / channels();
  }

  /** This shape with another size of the last axis. */
  public Shape withChannels(int channels) {
    int[] changed = dimensions.clone();
    changed[changed.length - 1] = channels;
    return of(changed);
  }

  long[] longDimensions() {
    return Arrays.stream(dimensions).asLongStream().toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
