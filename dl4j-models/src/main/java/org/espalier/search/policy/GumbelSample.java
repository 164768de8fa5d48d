package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A candidate drawn by the Gumbel-max trick with its soft version, from which gradients of the
 * logits are estimated (Jang et al., ICLR 2017, sections 2.1 and 2.2; used for one path at a time
 * by Dong and Yang, CVPR 2019, equations 4 to 6).
 *
 * @param picks for each choice the option with the largest {@code log p_k + g_k}, {@code g} being
 *     standard Gumbel noise
 * @param relaxed for each choice {@code softmax((log p + g) / temperature)}
 * @param temperature of the soft version, above 0
 */
public record GumbelSample(List<Integer> picks, List<List<Double>> relaxed, double temperature) {
  public GumbelSample {
    picks = List.copyOf(picks);
    relaxed = relaxed.stream().map(List::copyOf).toList();
    if (picks.size() != relaxed.size()) {
      throw new IllegalArgumentException(
          "%s picks, but relaxed options of %s choices".formatted(picks.size(), relaxed.size()));
    }
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be above 0, got " + temperature);
    }
  }

  /**
   * The straight-through estimate of a loss's gradient. Forward, the gate of an option is 1 for the
   * pick and 0 otherwise; backward, it is the relaxed value, so {@code d gate_k / d score_j =
   * relaxed_k ([k = j] - relaxed_j) / temperature}. A number added to all gates of a choice changes
   * nothing.
   *
   * @param gates for each choice and option the derivative of the loss with respect to its gate
   * @return the gradient with respect to scores whose softmax the probabilities are, {@code
   *     [choice][option]}
   */
  public double[][] straightThrough(List<List<Double>> gates) {
    if (gates.size() != picks.size()) {
      throw new IllegalArgumentException(
          "need gates of %s choices, got %s".formatted(picks.size(), gates.size()));
    }
    List<double[]> gradient = new ArrayList<>();
    for (int choice = 0; choice < picks.size(); choice++) {
      gradient.add(straightThrough(relaxed.get(choice), gates.get(choice)));
    }
    return gradient.toArray(double[][]::new);
  }

  /**
   * The same where a path computes the union of several samples: backward, the gate of an option is
   * the largest of its relaxed values, and the gradient goes to the sample that has it, of equal
   * ones the first.
   *
   * @param samples at least one, of one distribution at one temperature
   * @param gates for each choice and option the derivative of the loss with respect to its gate
   */
  static double[][] ofUnion(List<GumbelSample> samples, List<List<Double>> gates) {
    if (samples.size() == 1) {
      return samples.get(0).straightThrough(gates);
    }
    double[][] zeros = gates.stream().map(List::size).map(double[]::new).toArray(double[][]::new);
    Rows sum = Rows.scaled(0, zeros);
    for (int sample = 0; sample < samples.size(); sample++) {
      List<List<Double>> own = new ArrayList<>();
      for (int choice = 0; choice < gates.size(); choice++) {
        List<Double> options = new ArrayList<>();
        for (int option = 0; option < gates.get(choice).size(); option++) {
          boolean largest = largest(samples, choice, option) == sample;
          options.add(largest ? gates.get(choice).get(option) : 0.0);
        }
        own.add(options);
      }
      sum.add(1, samples.get(sample).straightThrough(own));
    }
    return sum.table();
  }

  /** Index of the sample with the largest relaxed value of an option. */
  private static int largest(List<GumbelSample> samples, int choice, int option) {
    int largest = 0;
    for (int sample = 1; sample < samples.size(); sample++) {
      if (samples.get(sample).relaxed.get(choice).get(option)
          > samples.get(largest).relaxed.get(choice).get(option)) {
        largest = sample;
      }
    }
    return largest;
  }

  private double[] straightThrough(List<Double> soft, List<Double> gates) {
    if (gates.size() != soft.size()) {
      throw new IllegalArgumentException(
          "need one gate for each of %s options, got %s".formatted(soft.size(), gates.size()));
    }
    double[] slopes = new double[soft.size()];
    for (int option = 0; option < slopes.length; option++) {
      // Differences first: where all gates are equal the gradient is exactly 0.
      double sum = 0;
      for (int other = 0; other < slopes.length; other++) {
        sum += soft.get(other) * (gates.get(option) - gates.get(other));
      }
      slopes[option] = soft.get(option) * sum / temperature;
    }
    return slopes;
  }
}
