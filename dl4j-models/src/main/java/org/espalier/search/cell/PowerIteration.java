package org.espalier.search.cell;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The dominant eigenvalue of the Hessian of a function of which only gradients are known, by power
 * iteration with differences of gradients. Of the validation loss by the logits of a cell it rises
 * before a search collapses (Zela et al., "Understanding and Robustifying Differentiable
 * Architecture Search", ICLR 2020, section 4).
 *
 * @param iterations at least 1
 * @param step distance over which gradients are compared, above 0
 */
record PowerIteration(int iterations, double step) {

  /**
   * The eigenvalue of the largest magnitude, as the last Rayleigh quotient.
   *
   * @param gradient of the function at a point
   * @param at the point
   * @param random for the first direction
   */
  double dominant(UnaryOperator<double[]> gradient, double[] at, RandomGenerator random) {
    double[] direction = new double[at.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = random.nextDouble() - 0.5;
    }
    double eigenvalue = 0;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double length = StrictMath.sqrt(dot(direction, direction));
      if (length == 0) {
        return 0;
      }
      for (int i = 0; i < direction.length; i++) {
        direction[i] /= length;
      }
      double[] product = product(gradient, at, direction);
      eigenvalue = dot(direction, product);
      direction = product;
    }
    return eigenvalue;
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

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
