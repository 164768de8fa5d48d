package org.espalier.search.policy;

/**
 * What a {@link PairwiseScore} may be before anything is known: independent normal terms. Numbers
 * are variances as shares of what candidates differ by.
 *
 * @param constant of the constant, at least 0
 * @param singles of the terms of a candidate's picks together, at least 0
 * @param pairs of the terms of its pairs of picks together, at least 0
 * @param traits of the terms of what is known of a candidate beforehand together, at least 0
 * @param noise of a judgement, above 0
 */
public record PairwisePrior(
    double constant, double singles, double pairs, double traits, double noise) {
  public PairwisePrior {
    if (!(constant >= 0 && singles >= 0 && pairs >= 0 && traits >= 0 && noise > 0)) {
      throw new IllegalArgumentException(
          "need variances of at least 0 and noise above 0, got %s, %s, %s, %s, %s"
              .formatted(constant, singles, pairs, traits, noise));
    }
  }

  /** Of candidates of which nothing is known beforehand. */
  PairwisePrior(double constant, double singles, double pairs, double noise) {
    this(constant, singles, pairs, 0, noise);
  }

  /** Variance of the slope of one trait. */
  double trait(int count) {
    return traits / Math.max(1, count);
  }

  /** Variance of the term of one pick. */
  double single(int choices) {
    return singles / Math.max(1, choices);
  }

  /** Variance of the term of one pair of picks. */
  double pair(int choices) {
    return pairs / Math.max(1, choices * (choices - 1) / 2.0);
  }

  /**
   * Covariance of two candidates.
   *
   * @param equal how many of their picks are
   */
  double covariance(int equal, int choices) {
    return constant + single(choices) * equal + pair(choices) * (equal * (equal - 1) / 2.0);
  }
}
