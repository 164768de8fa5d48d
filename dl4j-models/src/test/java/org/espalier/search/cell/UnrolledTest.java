package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnrolledTest {
  private static final double[][] A = {{1, -0.5}, {0.25, 2}, {-1, 0.75}};
  private static final double[] B = {0.5, -1, 2};
  private static final double[] GATES = {0.3, -0.7};
  private static final double[] START = {1, 0.2, -0.4};

  /** {@code L_train = |w - A a|^2 / 2} and {@code L_val = |w - b|^2 / 2}. */
  private static final class Quadratics implements Unrolled.Weights {
    private double[] w = START.clone();

    @Override
    public void reset() {
      w = START.clone();
    }

    @Override
    public void move(double[] direction, double by) {
      for (int i = 0; i < w.length; i++) {
        w[i] += by * direction[i];
      }
    }

    @Override
    public Unrolled.Gradients training() {
      double[] residual = w.clone();
      double[] gates = new double[GATES.length];
      for (int i = 0; i < w.length; i++) {
        for (int j = 0; j < GATES.length; j++) {
          residual[i] -= A[i][j] * GATES[j];
        }
      }
      for (int i = 0; i < w.length; i++) {
        for (int j = 0; j < GATES.length; j++) {
          gates[j] -= A[i][j] * residual[i];
        }
      }
      return new Unrolled.Gradients(residual, gates);
    }

    @Override
    public Unrolled.Gradients validation() {
      double[] residual = w.clone();
      for (int i = 0; i < w.length; i++) {
        residual[i] -= B[i];
      }
      return new Unrolled.Gradients(residual, new double[GATES.length]);
    }
  }

  /** Differences are exact on quadratics: {@code rate * A^T (w' - b)} to rounding. */
  @Test
  void onQuadraticsItIsTheUnrolledGradient() {
    double rate = 0.3;
    double[] expected = new double[GATES.length];
    for (int i = 0; i < START.length; i++) {
      double pull = START[i];
      for (int j = 0; j < GATES.length; j++) {
        pull -= A[i][j] * GATES[j];
      }
      double after = START[i] - rate * pull;
      for (int j = 0; j < GATES.length; j++) {
        expected[j] += rate * A[i][j] * (after - B[i]);
      }
    }
    Quadratics weights = new Quadratics();

    assertThat(Unrolled.gradient(weights, rate)).containsExactly(expected, within(1e-12));
    assertThat(weights.w).isEqualTo(START);
  }

  @Test
  void withoutAStepItIsTheFirstOrderGradient() {
    assertThat(Unrolled.gradient(new Quadratics(), 0)).containsExactly(0, 0);
  }
}
