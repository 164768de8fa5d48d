package org.espalier.search.policy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Checks;

/**
 * Independent distributions, one for each choice, moved by the straight-through Gumbel-softmax
 * gradient of the loss (Dong and Yang, CVPR 2019) and by the analytic gradient of the expected
 * cost, which counts as far as it is over a limit ({@link CostMultiplier}).
 *
 * @param settings how it learns
 * @param distribution what is learned
 * @param moments of its optimiser
 * @param multipliers one for each limit
 * @param plannedSteps how often it will learn, at least 1: the temperature falls over them
 */
@JsonTypeName("gumbel")
public record DifferentiableSampler(
    SamplerSettings settings,
    Categoricals distribution,
    AdamMoments moments,
    List<CostMultiplier> multipliers,
    int plannedSteps)
    implements Policy {
  private static final double EPSILON = 1e-8;

  /** Beginnings kept by the beam search; they cost little here. */
  private static final int BEAM = 256;

  public DifferentiableSampler {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(distribution, "distribution");
    multipliers = List.copyOf(multipliers);
    Checks.atLeast("plannedSteps", 1, plannedSteps);
  }

  /** All options are as probable as each other. */
  static DifferentiableSampler start(
      SamplerSettings settings, PricedChoices choices, int plannedSteps) {
    Categoricals distribution = Categoricals.uniform(choices.sizes());
    CostMultiplier unused = new CostMultiplier(0, settings.penalty(), Double.POSITIVE_INFINITY);
    return new DifferentiableSampler(
        settings,
        distribution,
        AdamMoments.zeros(distribution.logits().size()),
        Collections.nCopies(choices.limits().size(), unused),
        plannedSteps);
  }

  /** Temperature of the next samples: linear from the first to the last planned step. */
  public double temperature() {
    double progress = Math.min(1, steps() / Math.max(1.0, plannedSteps - 1.0));
    return settings.temperature()
        + progress * (settings.finalTemperature() - settings.temperature());
  }

  /**
   * Draws candidates with what {@link #learn} needs. An equal generator gives the candidates of
   * {@link #sample}.
   */
  public List<GumbelSample> draw(int count, RandomGenerator random) {
    List<GumbelSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(distribution.gumbel(temperature(), random));
    }
    return List.copyOf(samples);
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    check(choices);
    return draw(count, random).stream().map(GumbelSample::picks).toList();
  }

  @Override
  public double logProbability(PricedChoices choices, List<Integer> picks) {
    check(choices);
    return distribution.logProbability(picks);
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    check(choices);
    return new BeamSearch(choices, new Independent(distribution)).best(count, BEAM);
  }

  @Override
  public double entropy(PricedChoices choices, int samples, RandomGenerator random) {
    check(choices);
    return distribution.entropy();
  }

  @Override
  public double[][] marginals(PricedChoices choices, int samples, RandomGenerator random) {
    check(choices);
    return distribution.marginals();
  }

  @Override
  public long steps() {
    return moments.steps();
  }

  /**
   * One step on the mean loss of the samples, the entropy and the expected cost.
   *
   * @param batch samples drawn by this policy; if there are none, nothing changes
   */
  public DifferentiableSampler learn(PricedChoices choices, List<Gated> batch) {
    check(choices);
    if (batch.isEmpty()) {
      return this;
    }
    double[][] gradient = distribution.entropyGradient();
    scale(gradient, -settings.entropyWeight());
    for (Gated gated : batch) {
      add(gradient, 1.0 / batch.size(), gated.sample().straightThrough(gated.gates()));
    }
    double[][] marginals = distribution.marginals();
    for (int i = 0; i < multipliers.size(); i++) {
      PricedChoices.Limit limit = choices.limits().get(i);
      double slope = multipliers.get(i).slope(excess(limit, marginals));
      add(
          gradient,
          slope / limit.most(),
          logitGradient(limit.cost().gradient(marginals), marginals));
    }
    return stepped(choices, gradient);
  }

  private DifferentiableSampler stepped(PricedChoices choices, double[][] gradient) {
    AdamRule rule =
        new AdamRule(settings.learningRate(), settings.beta1(), settings.beta2(), EPSILON, 0);
    AdamRule.Stepped stepped =
        rule.step(
            distribution.logits(),
            moments,
            Arrays.stream(gradient).flatMapToDouble(Arrays::stream).toArray());
    Categoricals moved = new Categoricals(distribution.sizes(), stepped.values());
    List<CostMultiplier> updated = new ArrayList<>(multipliers);
    if (stepped.moments().steps() % settings.multiplierPeriod() == 0) {
      double[][] marginals = moved.marginals();
      for (int i = 0; i < updated.size(); i++) {
        updated.set(i, updated.get(i).updated(excess(choices.limits().get(i), marginals)));
      }
    }
    return new DifferentiableSampler(settings, moved, stepped.moments(), updated, plannedSteps);
  }

  private static double excess(PricedChoices.Limit limit, double[][] marginals) {
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

  private static void scale(double[][] values, double factor) {
    for (double[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= factor;
      }
    }
  }

  private static void add(double[][] sums, double factor, double[][] values) {
    for (int row = 0; row < sums.length; row++) {
      for (int i = 0; i < sums[row].length; i++) {
        sums[row][i] += factor * values[row][i];
      }
    }
  }

  private void check(PricedChoices choices) {
    if (!choices.sizes().equals(distribution.sizes())
        || choices.limits().size() != multipliers.size()) {
      throw new IllegalArgumentException(
          "this sampler is for choices of %s options and %d limits, got %s and %d"
              .formatted(
                  distribution.sizes(),
                  multipliers.size(),
                  choices.sizes(),
                  choices.limits().size()));
    }
  }

  /** Options do not depend on the picks before. */
  private static final class Independent implements BeamSearch.Model {
    private static final double[][] NOTHING = {};

    private final double[][] logarithms;

    private Independent(Categoricals distribution) {
      logarithms = distribution.logarithms();
    }

    @Override
    public double[][] start() {
      return NOTHING;
    }

    @Override
    public BeamSearch.Next next(double[][] memory, List<Integer> picks, int choice) {
      return new BeamSearch.Next(logarithms[choice], NOTHING);
    }
  }
}
