package org.espalier.search.width;

import java.util.function.Supplier;
import org.espalier.autograd.Tape;
import org.espalier.search.supernet.SharedParameter;
import org.espalier.search.supernet.SharedVector;

/**
 * One parameter as {@code P^T W[t] Q} for each tap {@code t} of its slab; bands as sums of slices,
 * other maps by matrix products.
 *
 * @param slab where the shared weight lies
 * @param rows how its rows are read now
 * @param columns how its columns are read now
 */
record AffineProjection(Slab slab, Supplier<AffineMap> rows, Supplier<AffineMap> columns)
    implements SharedParameter.Source {
  /** {@code target [taps, kept rows, kept columns]}. */
  @Override
  public void project(SharedVector shared, Tape tape, float[] target) {
    if (rows.get() instanceof AffineMap.Banded left
        && columns.get() instanceof AffineMap.Banded right) {
      project(shared, left, right, target);
    } else {
      float[] whole = new float[slab.length()];
      shared.copy(slab.start(), whole);
      new DenseProjection(tape, slab, rows.get(), columns.get()).project(whole, target);
    }
  }

  private void project(
      SharedVector shared, AffineMap.Banded left, AffineMap.Banded right, float[] target) {
    int length = right.columns();
    boolean first = true;
    for (AffineMap.Band rowBand : left.bands()) {
      for (AffineMap.Band columnBand : right.bands()) {
        float factor = (float) (rowBand.factor() * columnBand.factor());
        Slices slices = new Slices(slab, left, rowBand, right, columnBand);
        for (int slice = 0; slice < slices.count(); slice++) {
          if (first) {
            shared.read(slices.start(slice), length, factor, target, slice * length);
          } else {
            shared.addTo(slices.start(slice), length, factor, target, slice * length);
          }
        }
        first = false;
      }
    }
  }

  /** A step in the numbers that the maps read, down the gradient {@code P G[t] Q^T}. */
  @Override
  public void descend(SharedVector shared, Tape tape, float[] gradient, SharedVector.Step step) {
    if (rows.get() instanceof AffineMap.Banded left
        && columns.get() instanceof AffineMap.Banded right) {
      descend(shared, left, right, gradient, step);
    } else {
      float[] whole = new DenseProjection(tape, slab, rows.get(), columns.get()).gradient(gradient);
      shared.descend(slab.start(), slab.length(), 1, whole, 0, step);
    }
  }

  private void descend(
      SharedVector shared,
      AffineMap.Banded left,
      AffineMap.Banded right,
      float[] gradient,
      SharedVector.Step step) {
    int length = right.columns();
    for (AffineMap.Band rowBand : left.bands()) {
      for (AffineMap.Band columnBand : right.bands()) {
        float factor = (float) (rowBand.factor() * columnBand.factor());
        Slices slices = new Slices(slab, left, rowBand, right, columnBand);
        for (int slice = 0; slice < slices.count(); slice++) {
          shared.descend(slices.start(slice), length, factor, gradient, slice * length, step);
        }
      }
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
}
