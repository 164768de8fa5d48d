package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class LanczosTest {
  /** {@code f(x) = sum_ij s_ij sin(x_i) sin(x_j)}, six parameters, its Hessian written out. */
  private static final double[][] COUPLING = new double[6][6];

  static {
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j <= i; j++) {
        COUPLING[i][j] = ((i * 5 + j * 3) % 7 - 3) / 3.0;
        COUPLING[j][i] = COUPLING[i][j];
      }
    }
  }

  private static double[] gradient(double[] x) {
    double[] gradient = new double[6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        gradient[i] += 2 * COUPLING[i][j] * Math.cos(x[i]) * Math.sin(x[j]);
      }
    }
    return gradient;
  }

  private static double[][] hessian(double[] x) {
    double[][] hessian = new double[6][6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        hessian[i][j] += 2 * COUPLING[i][j] * Math.cos(x[i]) * Math.cos(x[j]);
        hessian[i][i] -= 2 * COUPLING[i][j] * Math.sin(x[i]) * Math.sin(x[j]);
      }
    }
    return hessian;
  }

  @Test
  void itIsTheLargestEigenvalueOfTheWholeHessian() {
    double[] at = {0.3, -0.8, 1.1, 0.4, -0.2, 0.9};
    double[] all =
        new EigenDecomposition(new Array2DRowRealMatrix(hessian(at))).getRealEigenvalues();
    double largest = java.util.Arrays.stream(all).max().orElseThrow();

    double found = new Lanczos(6, 1e-4).largest(LanczosTest::gradient, at, Seeds.generator(1));

    assertThat(found).isCloseTo(largest, within(1e-5 * Math.abs(largest)));
  }

  @Test
  void ofALinearFunctionItIsZero() {
    assertThat(
            new Lanczos(5, 1e-2)
                .largest(x -> new double[] {1, 2}, new double[] {0, 0}, Seeds.generator(1)))
        .isZero();
  }
}
