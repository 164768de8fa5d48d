package org.espalier.search.width;

import java.util.Arrays;
import org.espalier.storage.Floats;

/**
 * The shared vector of a supernet while an item changes it, on the Java heap: most steps touch
 * slices of it, which plain loops read and write faster than calls into native code do.
 */
final class SharedWeights {
  private final float[] values;
  private final float[] velocity;
  private Floats loaded = Floats.EMPTY;

  SharedWeights(int size) {
    values = new float[size];
    velocity = new float[size];
  }

  /** Starts from these values, without momentum. */
  void load(Floats start) {
    start.view().get(values);
    Arrays.fill(velocity, 0);
    loaded = start;
  }

  /** How a step changes the vector. */
  record Step(float rate, float momentum) {}

  /** {@code target[i] = values[start + i]}. */
  void copy(int start, float[] target) {
    System.arraycopy(values, start, target, 0, target.length);
  }

  /**
   * {@code target[t] = P^T W[t] Q}: a weighted sum of slices.
   *
   * @param target {@code [taps, kept rows, kept columns]}
   */
  void project(Slab slab, AffineMap.Banded rows, AffineMap.Banded columns, float[] target) {
    boolean first = true;
    for (AffineMap.Band rowBand : rows.bands()) {
      for (AffineMap.Band columnBand : columns.bands()) {
        float factor = (float) (rowBand.factor() * columnBand.factor());
        Slices slices = new Slices(slab, rows, rowBand, columns, columnBand);
        for (int slice = 0; slice < slices.count(); slice++) {
          read(slices.start(slice), factor, first, target, slice * columns.columns(), columns);
        }
        first = false;
      }
    }
  }

  private void read(
      int from, float factor, boolean first, float[] target, int to, AffineMap columns) {
    int length = columns.columns();
    if (!first) {
      for (int i = 0; i < length; i++) {
        target[to + i] += factor * values[from + i];
      }
    } else if (factor == 1) {
      System.arraycopy(values, from, target, to, length);
    } else {
      for (int i = 0; i < length; i++) {
        target[to + i] = factor * values[from + i];
      }
    }
  }

  /**
   * A step in the slices that the maps read, down the gradient {@code P G[t] Q^T}.
   *
   * @param gradient {@code G [taps, kept rows, kept columns]}
   */
  void descend(
      Slab slab, AffineMap.Banded rows, AffineMap.Banded columns, float[] gradient, Step step) {
    for (AffineMap.Band rowBand : rows.bands()) {
      for (AffineMap.Band columnBand : columns.bands()) {
        float factor = (float) (rowBand.factor() * columnBand.factor());
        Slices slices = new Slices(slab, rows, rowBand, columns, columnBand);
        int length = columns.columns();
        for (int slice = 0; slice < slices.count(); slice++) {
          descend(slices.start(slice), length, factor, gradient, slice * length, step);
        }
      }
    }
  }

  private void descend(int to, int length, float factor, float[] gradient, int from, Step step) {
    float rate = step.rate();
    float momentum = step.momentum();
    for (int i = 0; i < length; i++) {
      float slope = factor * gradient[from + i];
      float moved = momentum * velocity[to + i] + slope;
      velocity[to + i] = moved;
      values[to + i] -= rate * (slope + momentum * moved);
    }
  }

  /** Where the pieces of rows lie that a pair of bands reads. */
  private record Slices(
      Slab slab,
      AffineMap.Banded rows,
      AffineMap.Band rowBand,
      AffineMap.Banded columns,
      AffineMap.Band columnBand) {
    int count() {
      return slab.taps() * rows.columns();
    }

    int start(int slice) {
      int tap = slice / rows.columns();
      int row = tap * rows.rows() + rowBand.start() + slice % rows.columns();
      return slab.start() + row * columns.rows() + columnBand.start();
    }
  }

  /** How a block has changed since it was loaded. */
  float[] difference(MetaLayout.Range block) {
    float[] difference = new float[block.length()];
    loaded.view().get(block.start(), difference);
    for (int i = 0; i < difference.length; i++) {
      difference[i] = values[block.start() + i] - difference[i];
    }
    return difference;
  }

  /** Fills everything with what is not a number. */
  void spoil() {
    Arrays.fill(values, Float.NaN);
    Arrays.fill(velocity, Float.NaN);
    loaded = Floats.EMPTY;
  }
}
