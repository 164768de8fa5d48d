package org.espalier.search.width;

import java.util.Optional;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.tensor.Shape;

/** One parameter of a candidate: how it is made from the shared vector, and its gradient. */
final class CandidateWeight {
  private final Slab slab;
  private final Shape shape;
  private final int rowPick;
  private final int columnPick;
  private final float[] values;
  private Optional<Variable> variable = Optional.empty();
  private float[] gradient = {};

  /**
   * A parameter.
   *
   * @param slab where it lies
   * @param shape of the candidate's weight
   * @param rowPick which candidate its rows are
   * @param columnPick which candidate its columns are
   */
  CandidateWeight(Slab slab, Shape shape, int rowPick, int columnPick) {
    this.slab = slab;
    this.shape = shape;
    this.rowPick = rowPick;
    this.columnPick = columnPick;
    this.values = new float[Math.toIntExact(shape.size())];
  }

  Slab slab() {
    return slab;
  }

  Shape shape() {
    return shape;
  }

  /** Makes the values. */
  void project(SharedWeights shared, AffineMaps maps, Tape tape) {
    AffineMap rows = slab.rows().map(maps, rowPick);
    AffineMap columns = slab.columns().map(maps, columnPick);
    if (rows instanceof AffineMap.Banded left && columns instanceof AffineMap.Banded right) {
      shared.project(slab, left, right, values);
    } else {
      float[] whole = new float[slab.length()];
      shared.copy(slab.start(), whole);
      new DenseProjection(tape, slab, rows, columns).project(whole, values);
    }
  }

  /** The values on a tape. */
  Variable on(Tape tape, boolean trained) {
    Variable made = trained ? tape.input(shape, values) : tape.constant(shape, values);
    variable = Optional.of(made);
    return made;
  }

  /**
   * Takes the gradient over from the tape.
   *
   * @return whether every number of it is finite
   */
  boolean takeGradient() {
    gradient = variable.orElseThrow().gradient().toFloats();
    for (float slope : gradient) {
      if (!Float.isFinite(slope)) {
        return false;
      }
    }
    return true;
  }

  /** Moves the shared vector down the gradient and the decay. */
  void descend(
      SharedWeights shared,
      AffineMaps maps,
      Tape tape,
      double weightDecay,
      SharedWeights.Step step) {
    if (slab.decays() && weightDecay != 0) {
      float decay = (float) weightDecay;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += decay * values[i];
      }
    }
    AffineMap rows = slab.rows().map(maps, rowPick);
    AffineMap columns = slab.columns().map(maps, columnPick);
    if (rows instanceof AffineMap.Banded left && columns instanceof AffineMap.Banded right) {
      shared.descend(slab, left, right, gradient, step);
    } else {
      shared.descend(
          slab,
          AffineMap.Banded.identity(slab.rows().size()),
          AffineMap.Banded.identity(slab.columns().size()),
          new DenseProjection(tape, slab, rows, columns).gradient(gradient),
          step);
    }
  }

  /** Number {@code i} times its gradient: the slope along a factor on it that is 1. */
  double slope(int i) {
    return (double) values[i] * gradient[i];
  }
}
