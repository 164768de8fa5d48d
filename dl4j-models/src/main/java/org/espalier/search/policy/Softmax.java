package org.espalier.search.policy;

import java.util.random.RandomGenerator;

/** The softmax and what is drawn from it, with the same bits on every processor. */
public final class Softmax {
  private Softmax() {}

  /**
   * Logarithms of the probabilities: {@code logit_k - log sum_j exp(logit_j)}.
   *
   * @param logits at least one, finite
   */
  public static double[] logarithms(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - most);
    }
    double shift = most + StrictMath.log(sum);
    double[] logarithms = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      logarithms[k] = logits[k] - shift;
    }
    return logarithms;
  }

  /**
   * The probabilities.
   *
   * @param logits at least one, finite
   */
  public static double[] probabilities(double[] logits) {
    return exponentials(logarithms(logits));
  }

  /** The exponential of each number. */
  static double[] exponentials(double[] logarithms) {
    double[] exponentials = new double[logarithms.length];
    for (int k = 0; k < exponentials.length; k++) {
      exponentials[k] = StrictMath.exp(logarithms[k]);
    }
    return exponentials;
  }

  /**
   * Draws an option.
   *
   * @param probabilities of the options, summing to 1 up to rounding
   */
  public static int draw(double[] probabilities, RandomGenerator random) {
    return draw(probabilities, random.nextDouble());
  }

  /**
   * The option that a uniform number stands for.
   *
   * @param probabilities of the options, summing to 1 up to rounding
   * @param uniform in [0, 1)
   */
  static int draw(double[] probabilities, double uniform) {
    double left = uniform;
    for (int k = 0; k < probabilities.length - 1; k++) {
      left -= probabilities[k];
      if (left < 0) {
        return k;
      }
    }
    return probabilities.length - 1;
  }

  /**
   * The product of a vector with the derivative of the softmax: {@code p_k (v_k - sum_j p_j v_j)},
   * which turns a gradient with respect to probabilities into one with respect to logits.
   *
   * @param probabilities of the options
   * @param vector one value an option
   */
  public static double[] backward(double[] probabilities, double[] vector) {
    double mean = 0;
    for (int k = 0; k < probabilities.length; k++) {
      mean += probabilities[k] * vector[k];
    }
    double[] gradient = new double[probabilities.length];
    for (int k = 0; k < probabilities.length; k++) {
      gradient[k] = probabilities[k] * (vector[k] - mean);
    }
    return gradient;
  }
}
