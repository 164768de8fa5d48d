package org.espalier.search.width;

import org.espalier.tensor.Shape;

/**
 * A range of the shared vector that holds one weight of the widest kind, {@code [taps, rows,
 * columns]}.
 *
 * @param start index of its first number
 * @param taps places of the kernel
 * @param rows the channels that are read
 * @param columns the channels that are given
 * @param decays whether weight decay applies
 */
record Slab(int start, int taps, Axis rows, Axis columns, boolean decays) {

  /**
   * One side of a slab.
   *
   * @param size its shared channels
   * @param position whose maps apply, or {@link Site#FIXED} for none
   * @param input whether these are the maps of inputs
   */
  record Axis(int size, int position, boolean input) {
    static Axis fixed(int size) {
      return new Axis(size, Site.FIXED, false);
    }

    /** How a candidate lies in it. */
    AffineMap map(AffineMaps maps, int pick) {
      if (position == Site.FIXED) {
        return AffineMap.Banded.identity(size);
      }
      return input ? maps.input(position, pick) : maps.output(position, pick);
    }
  }

  int length() {
    return taps * rows.size() * columns.size();
  }

  /** All of it as a stack of matrices. */
  Shape shape() {
    return Shape.of(taps, rows.size(), columns.size());
  }
}
