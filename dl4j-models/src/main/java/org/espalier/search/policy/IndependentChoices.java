package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;

/**
 * Choices that are drawn independently, with one logit an option. The probabilities of a choice are
 * the softmax of its <em>scores</em>, and its <em>gates</em> are the factors of its options in a
 * full mixture; both are functions of the logits, each of its own option's logit or of those of its
 * choice.
 */
public sealed interface IndependentChoices extends Distribution permits Categoricals, SigmoidGates {
  /** {@code 2^-52}: the distance between the midpoints from which noise is drawn. */
  double STEP = 0x1p-52;

  /** Refuses choices of which one depends on another. */
  static IndependentChoices of(Distribution distribution) {
    if (distribution instanceof IndependentChoices independent) {
      return independent;
    }
    throw new IllegalArgumentException(
        "this way of learning needs independent choices, got " + distribution.getClass());
  }

  /** The scores, {@code [choice][option]}. */
  double[][] scores();

  /**
   * Derivative by the logits.
   *
   * @param byScores the same by the scores, {@code [choice][option]}
   */
  double[][] backward(double[][] byScores);

  /** Factors of all options in a full mixture, {@code [choice][option]}, in [0, 1]. */
  double[][] gates();

  /**
   * Derivative by the logits.
   *
   * @param byGates the same by the gates, {@code [choice][option]}
   */
  double[][] gatesBackward(double[][] byGates);

  @Override
  IndependentChoices with(Floats values);

  /** The logits of the options that are left, less their mean for each choice. */
  @Override
  default IndependentChoices inheriting(
      Distribution before, List<List<Integer>> positions, double factor) {
    if (before.getClass() != getClass()) {
      return this;
    }
    double[][] logits = Rows.of(before.sizes(), before.values());
    return with(Rows.floats(Rows.left(logits, positions, factor)));
  }

  /** Logarithms of the probabilities, {@code [choice][option]}. */
  default double[][] logarithms() {
    double[][] rows = scores();
    for (int choice = 0; choice < rows.length; choice++) {
      rows[choice] = Softmax.logarithms(rows[choice]);
    }
    return rows;
  }

  private ProductDistribution product() {
    return new ProductDistribution(logarithms());
  }

  /** The probabilities, {@code [choice][option]}. */
  default double[][] marginals() {
    return product().marginals();
  }

  @Override
  default double[][] marginals(PricedChoices choices, int samples, RandomGenerator random) {
    return marginals();
  }

  /** Draws a candidate. */
  default List<Integer> sample(RandomGenerator random) {
    return product().sample(1, random).get(0);
  }

  @Override
  default List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    return product().sample(count, random);
  }

  /**
   * Draws a candidate with its soft version.
   *
   * @param temperature above 0
   */
  default GumbelSample gumbel(double temperature, RandomGenerator random) {
    List<Integer> picks = new ArrayList<>();
    List<List<Double>> relaxed = new ArrayList<>();
    for (double[] scores : logarithms()) {
      int pick = 0;
      for (int option = 0; option < scores.length; option++) {
        scores[option] -= StrictMath.log(exponential(random));
        pick = scores[option] > scores[pick] ? option : pick;
      }
      for (int option = 0; option < scores.length; option++) {
        scores[option] /= temperature;
      }
      picks.add(pick);
      List<Double> soft = new ArrayList<>();
      for (double value : Softmax.probabilities(scores)) {
        soft.add(value);
      }
      relaxed.add(soft);
    }
    return new GumbelSample(picks, relaxed, temperature);
  }

  /**
   * Exponential noise, whose negative logarithm is standard Gumbel noise; the uniform number under
   * it is never 0 or 1, so that both are finite.
   */
  static double exponential(RandomGenerator random) {
    return -StrictMath.log(((random.nextLong() >>> 12) + 0.5) * STEP);
  }

  /** Logarithm of a candidate's probability. */
  default double logProbability(List<Integer> picks) {
    return product().logProbability(picks);
  }

  @Override
  default double logProbability(PricedChoices choices, List<Integer> picks) {
    return logProbability(picks);
  }

  /** Derivative of {@link #logProbability} by the logits. */
  default double[][] logProbabilityGradient(List<Integer> picks) {
    return backward(product().scoreOf(picks));
  }

  /** Entropy in nats. */
  default double entropy() {
    return product().entropy();
  }

  @Override
  default double entropy(PricedChoices choices, int samples, RandomGenerator random) {
    return entropy();
  }

  /** Derivative of {@link #entropy} by the logits. */
  default double[][] entropyGradient() {
    return backward(product().entropyGradient());
  }

  @Override
  default double[] scoreGradient(
      PricedChoices choices, List<List<Integer>> picks, double[] weights, double entropyWeight) {
    Rows sum = Rows.scaled(-entropyWeight, entropyGradient());
    for (int i = 0; i < weights.length; i++) {
      double[][] gradient = logProbabilityGradient(picks.get(i));
      choices.idle().apply(picks.get(i)).forEach(choice -> Arrays.fill(gradient[choice], 0));
      sum.add(-weights[i], gradient);
    }
    return sum.flat();
  }

  @Override
  default List<List<Integer>> best(PricedChoices choices, int count) {
    return product().best(choices, count);
  }

  /**
   * The most probable candidates, most probable first; fewer if there are no more. Of equally
   * probable ones, the one with the smaller picks comes first.
   */
  default List<List<Integer>> topK(int count) {
    return product().topK(count);
  }
}
