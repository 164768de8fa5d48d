package org.espalier.search.policy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;

/**
 * An LSTM that picks one width after the other, knowing what it picked before and how much of the
 * limit is free, trained by REINFORCE (Williams, 1992) with a running mean of rewards as baseline
 * (Pham et al., ICML 2018, section 2.2; Wang et al., NeurIPS 2020, whose controller this is). It
 * differs from theirs in two ways: each choice has a head of its own, as choices may have different
 * numbers of widths; and the free share counts the cheapest widths for the choices to come.
 *
 * @param settings how it learns
 * @param sizes options of each choice
 * @param weights of the network, in the order of its parts
 * @param moments of its optimiser
 * @param baseline running mean of rewards; of no meaning before the first step
 */
@JsonTypeName("lstm")
public record LstmController(
    LstmSettings settings,
    List<Integer> sizes,
    Floats weights,
    AdamMoments moments,
    double baseline)
    implements Policy {
  private static final double EPSILON = 1e-8;

  /** Beginnings kept by the beam search: a narrow one misses good candidates. */
  private static final int BEAM = 32;

  public LstmController {
    Objects.requireNonNull(settings, "settings");
    sizes = List.copyOf(sizes);
    int size = new LstmShape(settings, sizes).size;
    if (weights.size() != size || moments.first().size() != size) {
      throw new IllegalArgumentException(
          "choices of %s options need %d weights, got %d and moments of %d"
              .formatted(sizes, size, weights.size(), moments.first().size()));
    }
  }

  /** A controller with random weights. */
  static LstmController start(
      LstmSettings settings, PricedChoices choices, RandomGenerator random) {
    Floats weights = new LstmShape(settings, choices.sizes()).initial(random);
    AdamMoments moments = AdamMoments.zeros(weights.size());
    return new LstmController(settings, choices.sizes(), weights, moments, 0);
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    LstmPaths paths = paths(choices);
    List<List<Integer>> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(paths.sample(random));
    }
    return List.copyOf(samples);
  }

  @Override
  public double logProbability(PricedChoices choices, List<Integer> picks) {
    return paths(choices).logProbability(picks);
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    return new BeamSearch(choices, paths(choices)).best(count, BEAM);
  }

  @Override
  public double entropy(PricedChoices choices, int samples, RandomGenerator random) {
    LstmPaths paths = paths(choices);
    double sum = 0;
    for (int i = 0; i < samples; i++) {
      sum += paths.entropy(paths.sample(random));
    }
    return sum / samples;
  }

  @Override
  public double[][] marginals(PricedChoices choices, int samples, RandomGenerator random) {
    LstmPaths paths = paths(choices);
    double[][] sums = sizes.stream().map(double[]::new).toArray(double[][]::new);
    for (int i = 0; i < samples; i++) {
      paths.addMarginals(1.0 / samples, sums, random);
    }
    return sums;
  }

  @Override
  public long steps() {
    return moments.steps();
  }

  /**
   * One step on {@code -mean((reward - baseline) * log P(picks)) - entropyWeight * entropy}. The
   * entropy is that of the steps along the candidates, its derivative taken with these held fixed.
   * The baseline is the running mean before this batch, so that it does not depend on it; the first
   * batch has only its own mean.
   *
   * @param batch candidates drawn by this policy; if there are none, nothing changes
   */
  public LstmController learn(PricedChoices choices, List<Rewarded> batch) {
    if (batch.isEmpty()) {
      return this;
    }
    double mean = batch.stream().mapToDouble(Rewarded::reward).sum() / batch.size();
    double expected = steps() == 0 ? mean : baseline;
    LstmPaths paths = paths(choices);
    double[] gradient = new double[weights.size()];
    double next = expected;
    for (Rewarded rewarded : batch) {
      double advantage = (rewarded.reward() - expected) / batch.size();
      paths.addGradient(
          rewarded.picks(), advantage, settings.entropyWeight() / batch.size(), gradient);
      next = settings.baselineDecay() * next + (1 - settings.baselineDecay()) * rewarded.reward();
    }
    AdamRule rule =
        new AdamRule(
            settings.learningRate(),
            settings.beta1(),
            settings.beta2(),
            EPSILON,
            settings.weightDecay());
    AdamRule.Stepped stepped = rule.step(weights, moments, gradient);
    return new LstmController(settings, sizes, stepped.values(), stepped.moments(), next);
  }

  private LstmPaths paths(PricedChoices choices) {
    if (!choices.sizes().equals(sizes)) {
      throw new IllegalArgumentException(
          "this controller is for choices of %s options, got %s".formatted(sizes, choices.sizes()));
    }
    double[] parameters = new double[weights.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = weights.get(i);
    }
    return new LstmPaths(new LstmShape(settings, sizes), parameters, choices);
  }
}
