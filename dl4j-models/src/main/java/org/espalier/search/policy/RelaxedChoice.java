package org.espalier.search.policy;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The softened draw of one choice as a function of its scores, with its derivative. Either free, or
 * given the option that was picked (Grathwohl et al., ICLR 2018): with {@code p} the probabilities
 * and {@code e} exponential noise, {@code z_b = -log e_b} of the pick {@code b} and {@code z_k =
 * -log(e_k / p_k + e_b)} of the others, so that {@code b} has the largest.
 */
final class RelaxedChoice {
  private final double[] values;
  private final double temperature;

  /** Derivative of each {@code z} by its own {@code log p}. */
  private final double[] factors;

  private final double[] probabilities;

  private RelaxedChoice(
      double[] values, double temperature, double[] factors, double[] probabilities) {
    this.values = values;
    this.temperature = temperature;
    this.factors = factors;
    this.probabilities = probabilities;
  }

  /**
   * A free draw.
   *
   * @param relaxed soft values
   * @param logarithms of the probabilities
   */
  static RelaxedChoice free(List<Double> relaxed, double temperature, double[] logarithms) {
    double[] values = relaxed.stream().mapToDouble(Double::doubleValue).toArray();
    double[] factors = new double[values.length];
    Arrays.fill(factors, 1);
    return new RelaxedChoice(values, temperature, factors, Softmax.exponentials(logarithms));
  }

  /**
   * A draw given the pick.
   *
   * @param logarithms of the probabilities
   */
  static RelaxedChoice given(
      int pick, double temperature, double[] logarithms, RandomGenerator random) {
    double[] noise = new double[logarithms.length];
    for (int option = 0; option < noise.length; option++) {
      noise[option] = IndependentChoices.exponential(random);
    }
    double[] probabilities = Softmax.exponentials(logarithms);
    double[] scores = new double[noise.length];
    double[] factors = new double[noise.length];
    for (int option = 0; option < noise.length; option++) {
      if (option == pick) {
        scores[option] = -StrictMath.log(noise[option]) / temperature;
      } else {
        // Times the probability, so that one of 0 does no harm.
        double sum = noise[option] + probabilities[option] * noise[pick];
        scores[option] = (logarithms[option] - StrictMath.log(sum)) / temperature;
        factors[option] = noise[option] / sum;
      }
    }
    return new RelaxedChoice(Softmax.probabilities(scores), temperature, factors, probabilities);
  }

  /** Soft values, summing to 1. */
  double[] values() {
    return values;
  }

  /** Derivative by the scores, from that by the soft values. */
  double[] backward(double[] byValues) {
    double[] back = Softmax.backward(values, byValues);
    double sum = 0;
    for (int option = 0; option < back.length; option++) {
      back[option] *= factors[option] / temperature;
      sum += back[option];
    }
    for (int option = 0; option < back.length; option++) {
      back[option] -= probabilities[option] * sum;
    }
    return back;
  }

  /** How the soft values change as the scores move in a direction. */
  double[] along(double[] direction) {
    double mean = 0;
    for (int option = 0; option < direction.length; option++) {
      mean += probabilities[option] * direction[option];
    }
    double[] moved = new double[direction.length];
    for (int option = 0; option < moved.length; option++) {
      moved[option] = factors[option] / temperature * (direction[option] - mean);
    }
    // The derivative of the softmax is symmetric.
    return Softmax.backward(values, moved);
  }
}
