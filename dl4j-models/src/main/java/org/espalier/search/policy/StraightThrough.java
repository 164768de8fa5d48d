package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.data.Batch;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Checks;

/**
 * The straight-through Gumbel-softmax gradient of the loss (Dong and Yang, CVPR 2019) and the
 * analytic gradient of the expected cost, which counts as far as it is over a limit ({@link
 * CostMultiplier}), for independent choices. Learning draws the samples again by the same random
 * numbers, for their soft versions.
 *
 * @param temperature of the soft samples
 * @param entropyWeight of the entropy, at least 0
 * @param multipliers one for each limit
 * @param multiplierPeriod steps between two updates of the multipliers, at least 1
 */
public record StraightThrough(
    Temperature temperature,
    double entropyWeight,
    List<CostMultiplier> multipliers,
    int multiplierPeriod)
    implements Estimator {
  public StraightThrough {
    Objects.requireNonNull(temperature, "temperature");
    multipliers = List.copyOf(multipliers);
    Checks.atLeast("multiplierPeriod", 1, multiplierPeriod);
  }

  /**
   * A temperature that changes linearly from the first to the last planned step.
   *
   * @param first at the first step, above 0
   * @param last at the last step and after it, above 0
   * @param plannedSteps how often will be learned, at least 1
   */
  public record Temperature(double first, double last, int plannedSteps) {
    public Temperature {
      Checks.aboveZero("first", first);
      Checks.aboveZero("last", last);
      Checks.atLeast("plannedSteps", 1, plannedSteps);
    }

    /** The temperature after some steps. */
    public double after(long steps) {
      double progress = Math.min(1, steps / Math.max(1.0, plannedSteps - 1.0));
      return first + progress * (last - first);
    }
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.GATE_GRADIENTS;
  }

  @Override
  public void check(Distribution distribution) {
    Categoricals unused = independent(distribution);
  }

  /** Only independent choices have soft samples that one gradient at a gate suffices for. */
  private static Categoricals independent(Distribution distribution) {
    if (distribution instanceof Categoricals categoricals) {
      return categoricals;
    }
    throw new IllegalArgumentException(
        "the straight-through estimator needs independent choices, got " + distribution.getClass());
  }

  @Override
  public List<List<Integer>> sample(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random) {
    return draw(independent(distribution), count, steps, random).stream()
        .map(GumbelSample::picks)
        .toList();
  }

  private List<GumbelSample> draw(
      Categoricals distribution, int count, long steps, RandomGenerator random) {
    List<GumbelSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(distribution.gumbel(temperature.after(steps), random));
    }
    return samples;
  }

  /** The accuracy alone: the cost is known, and has its own gradient. */
  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return accuracy;
  }

  @Override
  public Estimate estimate(Distribution distribution, PricedChoices choices, Batch batch) {
    Categoricals independent = independent(distribution);
    check(choices);
    double[][] gradient = independent.entropyGradient();
    for (double[] row : gradient) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= -entropyWeight;
      }
    }
    int judged = batch.judged().size();
    List<GumbelSample> drawn =
        draw(independent, batch.feedback().size(), batch.steps(), batch.random());
    for (int i = 0; i < drawn.size(); i++) {
      Optional<Feedback> feedback = batch.feedback().get(i);
      if (feedback.isPresent()) {
        add(gradient, 1.0 / judged, straightThrough(drawn.get(i), feedback.get()));
      }
    }
    double[][] marginals = independent.marginals();
    for (int i = 0; i < multipliers.size(); i++) {
      PricedChoices.PricedLimit limit = choices.limits().get(i);
      double slope = multipliers.get(i).slope(excess(limit, marginals));
      add(
          gradient,
          slope / limit.most(),
          logitGradient(limit.cost().gradient(marginals), marginals));
    }
    return new Estimate(Arrays.stream(gradient).flatMapToDouble(Arrays::stream).toArray(), this);
  }

  private static double[][] straightThrough(GumbelSample sample, Feedback feedback) {
    if (!sample.picks().equals(feedback.picks())) {
      throw new IllegalArgumentException(
          "feedback of %s came for the sample %s: the generator is not that of the samples"
              .formatted(feedback.picks(), sample.picks()));
    }
    return sample.straightThrough(feedback.gates());
  }

  @Override
  public StraightThrough stepped(Distribution moved, PricedChoices choices, long steps) {
    if (steps % multiplierPeriod != 0) {
      return this;
    }
    double[][] marginals = independent(moved).marginals();
    List<CostMultiplier> updated = new ArrayList<>();
    for (int i = 0; i < multipliers.size(); i++) {
      updated.add(multipliers.get(i).updated(excess(choices.limits().get(i), marginals)));
    }
    return new StraightThrough(temperature, entropyWeight, updated, multiplierPeriod);
  }

  private static double excess(PricedChoices.PricedLimit limit, double[][] marginals) {
    return limit.cost().expected(marginals) / limit.most() - 1;
  }

  /** Derivatives by the logits, of those by the probabilities that are their softmax. */
  private static double[][] logitGradient(double[][] gradient, double[][] marginals) {
    double[][] byLogits = new double[gradient.length][];
    for (int choice = 0; choice < gradient.length; choice++) {
      byLogits[choice] = Softmax.backward(marginals[choice], gradient[choice]);
    }
    return byLogits;
  }

  private static void add(double[][] sums, double factor, double[][] values) {
    for (int row = 0; row < sums.length; row++) {
      for (int i = 0; i < sums[row].length; i++) {
        sums[row][i] += factor * values[row][i];
      }
    }
  }

  private void check(PricedChoices choices) {
    if (choices.limits().size() != multipliers.size()) {
      throw new IllegalArgumentException(
          "this policy is for %s limits, got %s"
              .formatted(multipliers.size(), choices.limits().size()));
    }
  }
}
