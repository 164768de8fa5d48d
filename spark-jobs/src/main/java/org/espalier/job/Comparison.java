package org.espalier.job;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How much better one network is than another, and whether that is more than chance: the interval
 * of 95 % of Welch's t (B. L. Welch, Biometrika 34, 1947) for the difference of the means over
 * seeds, with the degrees of freedom of Welch and Satterthwaite.
 *
 * @param difference of the means, in the unit of the samples
 * @param halfWidth of the interval; empty where it cannot be told, because one of the two has fewer
 *     than three seeds, or no seed differs from another
 */
record Comparison(double difference, Optional<Double> halfWidth) {
  /** Two give an interval too, but one so wide and so uncertain itself that it tells nothing. */
  static final int FEWEST_SEEDS = 3;

  private static final double QUANTILE = 0.975;

  /** Compares two samples of at least one value each. */
  static Comparison of(Sample one, Sample other) {
    double difference = one.mean() - other.mean();
    double first = one.variance() / one.count();
    double second = other.variance() / other.count();
    double squaredError = first + second;
    if (Math.min(one.count(), other.count()) < FEWEST_SEEDS || squaredError == 0) {
      return new Comparison(difference, Optional.empty());
    }
    double freedom =
        squaredError
            * squaredError
            / (first * first / (one.count() - 1) + second * second / (other.count() - 1));
    double quantile = new TDistribution(freedom).inverseCumulativeProbability(QUANTILE);
    return new Comparison(difference, Optional.of(quantile * StrictMath.sqrt(squaredError)));
  }

  /** Whether no difference at all lies outside the interval; empty where it cannot be told. */
  Optional<Boolean> beyondNoise() {
    return halfWidth.map(half -> Math.abs(difference) > half);
  }
}
