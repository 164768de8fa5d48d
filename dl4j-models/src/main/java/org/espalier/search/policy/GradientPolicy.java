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
 * @param descent by which it is moved
 */
public record GradientPolicy(Distribution distribution, Estimator estimator, Descent descent)
    implements Policy {
  public GradientPolicy {
    Objects.requireNonNull(descent, "descent");
    estimator.check(distribution);
  }

  /** A policy that has not learned anything. */
  static GradientPolicy start(Distribution distribution, Estimator estimator, AdamRule rule) {
    return new GradientPolicy(distribution, estimator, AdamDescent.start(rule, distribution));
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
    Descent.Moved moved =
        descent.moved(distribution, choices, completed.apply(estimate.gradient()));
    Estimator next = estimate.next().stepped(moved.distribution(), choices, moved.next().steps());
    return new GradientPolicy(moved.distribution(), next, moved.next());
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
  public GradientPolicy inheriting(
      PricedChoices choices, Policy before, List<List<Integer>> positions, double factor) {
    if (!(before instanceof GradientPolicy other)) {
      return this;
    }
    Distribution inherited = distribution.inheriting(other.distribution, positions, factor);
    return new GradientPolicy(
        descent.admitted(distribution, inherited, choices), estimator, descent);
  }

  @Override
  public long steps() {
    return descent.steps();
  }
}
