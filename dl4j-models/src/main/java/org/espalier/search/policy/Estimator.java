package org.espalier.search.policy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * Turns what was found out about samples into an estimate of the gradient by which a {@link
 * Distribution} is moved; an immutable value with what it remembers, such as a baseline.
 */
public sealed interface Estimator permits FullMixture, Reinforce, Relax, StraightThrough {

  /** What it needs to be told. */
  Lesson learnsFrom();

  /** Refuses distributions that it cannot estimate a gradient of. */
  default void check(Distribution distribution) {}

  /**
   * Draws candidates.
   *
   * @param steps how often it has learned
   */
  List<List<Integer>> sample(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random);

  /**
   * See {@link Policy#paths}.
   *
   * @param steps how often it has learned
   */
  default List<List<Integer>> paths(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random) {
    return sample(distribution, choices, count, steps, random);
  }

  /** See {@link Policy#mixture}. */
  default Optional<double[][]> mixture(Distribution distribution) {
    return Optional.empty();
  }

  /** What a candidate is worth, for which the mean shall grow. */
  double reward(PricedChoices choices, List<Integer> picks, double accuracy);

  /**
   * The gradient by the values of the distribution, of what shall become small.
   *
   * @param batch of the candidates that {@link #sample} drew
   */
  Estimate estimate(Distribution distribution, PricedChoices choices, Batch batch);

  /**
   * After a step.
   *
   * @param moved the distribution
   * @param steps how often it has learned
   */
  default Estimator stepped(Distribution moved, PricedChoices choices, long steps) {
    return this;
  }

  /**
   * What is known of some candidates.
   *
   * @param feedback in the order in which they were drawn, at least one of them there
   * @param steps how often it has learned before
   * @param random equal to the generator that they were drawn with
   */
  record Batch(List<Optional<Feedback>> feedback, long steps, RandomGenerator random) {
    public Batch {
      feedback = List.copyOf(feedback);
    }

    List<Feedback> judged() {
      return feedback.stream().flatMap(Optional::stream).toList();
    }
  }

  /** An estimated gradient, and what the estimator remembers from now on. */
  final class Estimate {
    private final double[] gradient;
    private final Estimator next;

    /**
     * An estimate.
     *
     * @param gradient one a value of the distribution; not copied
     * @param next the estimator from now on
     */
    Estimate(double[] gradient, Estimator next) {
      this.gradient = gradient;
      this.next = next;
    }

    double[] gradient() {
      return gradient;
    }

    Estimator next() {
      return next;
    }
  }
}
