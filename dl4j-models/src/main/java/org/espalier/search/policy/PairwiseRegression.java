package org.espalier.search.policy;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Bayesian linear regression of numbers on picks, pairs of picks and traits, with a {@link
 * PairwisePrior} and normal noise, in float64. It is solved in the space of observations, so the
 * number of pairs does not matter.
 */
final class PairwiseRegression {
  private final PairwisePrior prior;
  private final List<Integer> sizes;
  private final int[][] picks;
  private final double[][] traits;
  private final double[] targets;

  /** Lower triangle of the Cholesky factor of the observations' covariance. */
  private final double[][] factor;

  /**
   * A regression.
   *
   * @param sizes options of each choice
   * @param picks of each observation, at least one
   * @param traits of each observation, as many of each
   * @param targets one an observation
   */
  PairwiseRegression(
      PairwisePrior prior,
      List<Integer> sizes,
      int[][] picks,
      double[][] traits,
      double[] targets) {
    this.prior = prior;
    this.sizes = sizes;
    this.picks = picks;
    this.traits = traits;
    this.targets = targets;
    double[] covariances = new double[sizes.size() + 1];
    for (int equal = 0; equal < covariances.length; equal++) {
      covariances[equal] = prior.covariance(equal, sizes.size());
    }
    factor = new double[picks.length][];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double ofPicks = covariances[equal(picks[i], picks[j])];
        double ofTraits = prior.trait(traits[i].length) * product(traits[i], traits[j]);
        factor[i][j] = ofPicks + ofTraits + (i == j ? prior.noise() : 0);
      }
      eliminate(i);
    }
  }

  private static int equal(int[] left, int[] right) {
    int equal = 0;
    for (int choice = 0; choice < left.length; choice++) {
      equal += left[choice] == right[choice] ? 1 : 0;
    }
    return equal;
  }

  private static double product(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  /** Turns a row of covariances into one of the factor. */
  private void eliminate(int i) {
    double[] row = factor[i];
    for (int j = 0; j <= i; j++) {
      double[] other = factor[j];
      double left = row[j];
      for (int k = 0; k < j; k++) {
        left -= row[k] * other[k];
      }
      row[j] = j == i ? StrictMath.sqrt(left) : left / other[j];
    }
  }

  /** The factor's inverse times a vector. */
  private double[] whitened(double[] vector) {
    double[] solved = vector.clone();
    for (int i = 0; i < solved.length; i++) {
      double left = solved[i];
      for (int k = 0; k < i; k++) {
        left -= factor[i][k] * solved[k];
      }
      solved[i] = left / factor[i][i];
    }
    return solved;
  }

  /** The inverse of the covariance times a vector. */
  private double[] solved(double[] vector) {
    double[] solved = whitened(vector);
    for (int i = solved.length - 1; i >= 0; i--) {
      solved[i] /= factor[i][i];
      for (int k = 0; k < i; k++) {
        solved[k] -= factor[i][k] * solved[i];
      }
    }
    return solved;
  }

  /** The variance of targets by which the prior's numbers are best multiplied. */
  double scale() {
    double sum = 0;
    for (double each : whitened(targets)) {
      sum += each * each;
    }
    return sum / targets.length;
  }

  /** Logarithm of the targets' probability density at the best {@link #scale}, up to a constant. */
  double evidence() {
    double sum = -0.5 * targets.length * StrictMath.log(scale());
    for (int i = 0; i < factor.length; i++) {
      sum -= StrictMath.log(factor[i][i]);
    }
    return sum;
  }

  /** The expected score of every candidate. */
  PairwiseScore mean() {
    PairwiseScore score = new PairwiseScore(sizes, traits[0].length);
    add(score, solved(targets));
    return score;
  }

  /**
   * One of the scores that there may be, drawn by their probability: a draw from the prior, moved
   * by what its own noisy observations miss (Matheron's rule; Wilson et al., ICML 2020, equation
   * 7).
   *
   * @param exploration factor on how far it is from the expected score: 1 for its probability, 0
   *     for the expected score itself
   */
  PairwiseScore draw(double exploration, RandomGenerator random) {
    double deviation = StrictMath.sqrt(scale());
    PairwiseScore score = new PairwiseScore(sizes, traits[0].length);
    score.draw(prior, exploration, random);
    double[] missed = new double[targets.length];
    for (int i = 0; i < missed.length; i++) {
      double noise = exploration * StrictMath.sqrt(prior.noise()) * random.nextGaussian();
      missed[i] = targets[i] / deviation - score.of(picks[i], traits[i]) - noise;
    }
    add(score, solved(missed));
    return score;
  }

  private void add(PairwiseScore score, double[] weights) {
    for (int i = 0; i < weights.length; i++) {
      score.add(prior, weights[i], picks[i], traits[i]);
    }
  }
}
