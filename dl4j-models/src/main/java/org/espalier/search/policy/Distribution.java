package org.espalier.search.policy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;

/**
 * Probabilities of candidates, given by values that can be moved; an immutable value. How it learns
 * is another thing: an {@link Estimator}.
 */
public sealed interface Distribution permits IndependentChoices, LstmDistribution {

  /** Options of each choice. */
  List<Integer> sizes();

  /** What decides the probabilities. */
  Floats values();

  /**
   * The same with other values.
   *
   * @param values as many as {@link #values}
   */
  Distribution with(Floats values);

  /** Draws candidates. */
  List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random);

  /** Logarithm of a candidate's probability. */
  double logProbability(PricedChoices choices, List<Integer> picks);

  /** See {@link Policy#best}. */
  List<List<Integer>> best(PricedChoices choices, int count);

  /** See {@link Policy#entropy}. */
  double entropy(PricedChoices choices, int samples, RandomGenerator random);

  /** See {@link Policy#marginals}. */
  double[][] marginals(PricedChoices choices, int samples, RandomGenerator random);

  /**
   * Derivative of {@code -sum_i weights_i log P(picks_i) - entropyWeight * entropy} by the values.
   * Where the entropy has no closed form, it is the mean of that of the steps along the candidates,
   * and these are held fixed.
   *
   * @param picks of candidates, at least one
   * @param weights one for each
   */
  double[] scoreGradient(
      PricedChoices choices, List<List<Integer>> picks, double[] weights, double entropyWeight);

  /** See {@link Policy#inheriting}; by default nothing is taken over. */
  default Distribution inheriting(
      Distribution before, List<List<Integer>> positions, double factor) {
    return this;
  }

  /** Refuses choices that this is no distribution over. */
  default void check(PricedChoices choices) {
    if (!choices.sizes().equals(sizes())) {
      throw new IllegalArgumentException(
          "this policy is for choices of %s options, got %s".formatted(sizes(), choices.sizes()));
    }
  }
}
