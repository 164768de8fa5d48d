package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;

/** Small spaces, of which everything is known. */
final class Enumerated {
  private Enumerated() {}

  /** All candidates. */
  static List<List<Integer>> all(List<Integer> sizes) {
    PricedChoices choices = new PricedChoices(sizes, List.of());
    return LongStream.range(0, choices.size()).mapToObj(choices::picks).toList();
  }

  /** The derivative of the mean of a function of candidates by the logits. */
  static double[] gradient(IndependentChoices distribution, ToDoubleFunction<List<Integer>> of) {
    double[] sum = new double[distribution.values().size()];
    for (List<Integer> picks : all(distribution.sizes())) {
      double weight = StrictMath.exp(distribution.logProbability(picks)) * of.applyAsDouble(picks);
      double[] score = Rows.scaled(1, distribution.logProbabilityGradient(picks)).flat();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * score[i];
      }
    }
    return sum;
  }

  /** The mean of a function of candidates. */
  static double mean(IndependentChoices distribution, ToDoubleFunction<List<Integer>> of) {
    double sum = 0;
    for (List<Integer> picks : all(distribution.sizes())) {
      sum += StrictMath.exp(distribution.logProbability(picks)) * of.applyAsDouble(picks);
    }
    return sum;
  }

  /** One value moved. */
  static Floats moved(Floats values, int index, float by) {
    float[] moved = values.toArray();
    moved[index] += by;
    return Floats.of(moved);
  }

  /**
   * Draws estimates and compares their mean with what it must be, within four standard errors of
   * each number.
   *
   * @return the sum of the variances
   */
  static double assertMean(double[] expected, int draws, IntFunction<double[]> draw) {
    double[] sums = new double[expected.length];
    double[] squares = new double[expected.length];
    for (int i = 0; i < draws; i++) {
      double[] estimate = draw.apply(i);
      for (int k = 0; k < sums.length; k++) {
        sums[k] += estimate[k];
        squares[k] += estimate[k] * estimate[k];
      }
    }
    double variance = 0;
    for (int k = 0; k < sums.length; k++) {
      double mean = sums[k] / draws;
      double own = squares[k] / draws - mean * mean;
      assertThat(mean).isCloseTo(expected[k], within(4 * Math.sqrt(own / draws) + 1e-12));
      variance += own;
    }
    return variance;
  }
}
