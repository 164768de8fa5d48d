package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The largest eigenvalue of the Hessian of a function of which only gradients are known: power
 * iteration with differences of gradients, and the best that the span of all its directions holds
 * (Lanczos, 1950; Golub and Van Loan, Matrix Computations, 4th edition, section 10.1). The last
 * direction alone would go to the eigenvalue of the largest magnitude, be it negative, and slowly.
 * Of the validation loss by the logits of a cell the largest eigenvalue rises before a search
 * collapses (Zela et al., "Understanding and Robustifying Differentiable Architecture Search", ICLR
 * 2020, section 4).
 *
 * @param iterations at least 1, of two gradients each; as many as there are logits are exact
 * @param step distance over which gradients are compared, above 0
 */
record Lanczos(int iterations, double step) {
  /** Bits of the result. */
  private static final int BISECTIONS = 60;

  /** What is left of a direction has no length but rounding. */
  private static final double NOTHING = 1e-9;

  /**
   * The largest eigenvalue.
   *
   * @param gradient of the function at a point
   * @param at the point
   * @param random for the first direction
   */
  double largest(UnaryOperator<double[]> gradient, double[] at, RandomGenerator random) {
    List<double[]> basis = new ArrayList<>();
    List<Double> diagonal = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    double[] next = new double[at.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = random.nextDouble() - 0.5;
    }
    double length = length(next);
    double scale = 0;
    while (diagonal.size() < Math.min(iterations, at.length) && length > NOTHING * scale) {
      if (!diagonal.isEmpty()) {
        beside.add(length);
      }
      for (int i = 0; i < next.length; i++) {
        next[i] /= length;
      }
      basis.add(next);
      double[] product = product(gradient, at, next);
      diagonal.add(dot(next, product));
      scale = Math.max(scale, length(product));
      // Twice, as differences of rounded gradients are not quite symmetric.
      for (int pass = 0; pass < 2; pass++) {
        for (double[] known : basis) {
          double along = dot(known, product);
          for (int i = 0; i < product.length; i++) {
            product[i] -= along * known[i];
          }
        }
      }
      next = product;
      length = length(next);
    }
    return largest(diagonal, beside);
  }

  /** The largest eigenvalue of a symmetric tridiagonal matrix, by bisection. */
  private static double largest(List<Double> diagonal, List<Double> beside) {
    double bound = 0;
    for (int i = 0; i < diagonal.size(); i++) {
      double left = i > 0 ? beside.get(i - 1) : 0;
      double right = i < beside.size() ? beside.get(i) : 0;
      bound = Math.max(bound, Math.abs(diagonal.get(i)) + left + right);
    }
    double low = -bound;
    double high = bound;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (isAbove(middle, diagonal, beside)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * Whether a number is above all eigenvalues: whether all pivots of {@code T - x I} are below 0.
   */
  private static boolean isAbove(double x, List<Double> diagonal, List<Double> beside) {
    double pivot = -1;
    for (int i = 0; i < diagonal.size(); i++) {
      double square = i > 0 ? beside.get(i - 1) * beside.get(i - 1) : 0;
      pivot = diagonal.get(i) - x - square / pivot;
      if (!(pivot < 0)) {
        return false;
      }
    }
    return true;
  }

  /** The Hessian times a direction. */
  private double[] product(UnaryOperator<double[]> gradient, double[] at, double[] direction) {
    double[] ahead = gradient.apply(moved(at, direction, step));
    double[] behind = gradient.apply(moved(at, direction, -step));
    double[] product = new double[at.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = (ahead[i] - behind[i]) / (2 * step);
    }
    return product;
  }

  private static double[] moved(double[] at, double[] direction, double by) {
    double[] moved = at.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += by * direction[i];
    }
    return moved;
  }

  private static double length(double[] vector) {
    return StrictMath.sqrt(dot(vector, vector));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
