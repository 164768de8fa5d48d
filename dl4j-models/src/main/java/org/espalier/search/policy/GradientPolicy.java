package org.espalier.search.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * A distribution that is moved along estimated gradients.
 *
 * @param distribution what is learned
 * @param estimator of the gradients
 * @param rule by which values are moved
 * @param moments of the rule
 */
public record GradientPolicy(
    Distribution distribution, Estimator estimator, AdamRule rule, AdamMoments moments)
    implements Policy {
  public GradientPolicy {
    Objects.requireNonNull(rule, "rule");
    estimator.check(distribution);
    if (moments.first().size() != distribution.values().size()) {
      throw new IllegalArgumentException(
          "%s values need as many moments, got %s"
              .formatted(distribution.values().size(), moments.first().size()));
    }
  }

  /** A policy that has not learned anything. */
  static GradientPolicy start(Distribution distribution, Estimator estimator, AdamRule rule) {
    return new GradientPolicy(
        distribution, estimator, rule, AdamMoments.zeros(distribution.values().size()));
  }

  @Override
  public Lesson learnsFrom() {
    return estimator.learnsFrom();
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    distribution.check(choices);
    return estimator.sample(distribution, choices, count, steps(), random);
  }

  @Override
  public List<List<Integer>> paths(PricedChoices choices, int count, RandomGenerator random) {
    distribution.check(choices);
    return estimator.paths(distribution, choices, count, steps(), random);
  }

  @Override
  public Optional<double[][]> mixture() {
    return estimator.mixture(distribution);
  }

  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return estimator.reward(choices, picks, accuracy);
  }

  @Override
  public GradientPolicy learn(
      PricedChoices choices, List<Optional<Feedback>> feedback, RandomGenerator random) {
    return learn(choices, feedback, random, gradient -> gradient);
  }

  /**
   * As {@link #learn(PricedChoices, List, RandomGenerator)}, and something else becomes small
   * beside.
   *
   * @param regulariser of the gates; the distribution must be {@link IndependentChoices}
   */
  public GradientPolicy learn(
      PricedChoices choices,
      List<Optional<Feedback>> feedback,
      GateRegulariser regulariser,
      RandomGenerator random) {
    IndependentChoices independent = IndependentChoices.of(distribution);
    double[] added =
        Rows.scaled(1, independent.gatesBackward(regulariser.gradient(independent.gates()))).flat();
    return learn(
        choices,
        feedback,
        random,
        gradient -> {
          double[] sum = gradient.clone();
          for (int i = 0; i < sum.length; i++) {
            sum[i] += added[i];
          }
          return sum;
        });
  }

  private GradientPolicy learn(
      PricedChoices choices,
      List<Optional<Feedback>> feedback,
      RandomGenerator random,
      UnaryOperator<double[]> completed) {
    distribution.check(choices);
    if (feedback.stream().allMatch(Optional::isEmpty)) {
      return this;
    }
    Estimator.Estimate estimate =
        estimator.estimate(distribution, choices, new Estimator.Batch(feedback, steps(), random));
    AdamRule.Stepped stepped =
        rule.step(distribution.values(), moments, completed.apply(estimate.gradient()));
    Distribution moved = distribution.with(stepped.values());
    Estimator next = estimate.next().stepped(moved, choices, stepped.moments().steps());
    return new GradientPolicy(moved, next, rule, stepped.moments());
  }

  @Override
  public double logProbability(PricedChoices choices, List<Integer> picks) {
    distribution.check(choices);
    return distribution.logProbability(choices, picks);
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    distribution.check(choices);
    return distribution.best(choices, count);
  }

  @Override
  public double entropy(PricedChoices choices, int samples, RandomGenerator random) {
    distribution.check(choices);
    return distribution.entropy(choices, samples, random);
  }

  @Override
  public double[][] marginals(PricedChoices choices, int samples, RandomGenerator random) {
    distribution.check(choices);
    return distribution.marginals(choices, samples, random);
  }

  @Override
  public GradientPolicy inheriting(Policy before, List<List<Integer>> positions, double factor) {
    return before instanceof GradientPolicy other
        ? new GradientPolicy(
            distribution.inheriting(other.distribution, positions, factor),
            estimator,
            rule,
            moments)
        : this;
  }

  @Override
  public long steps() {
    return moments.steps();
  }
}
