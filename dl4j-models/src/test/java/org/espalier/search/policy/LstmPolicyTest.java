package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LstmPolicyTest {
  private static final PricedChoices SMALL = new PricedChoices(List.of(3, 2, 2), List.of());

  @Test
  void sampledFrequenciesAreTheProbabilities() {
    GradientPolicy controller = decided(SMALL);
    int draws = 20_000;

    List<List<Integer>> samples = controller.sample(SMALL, draws, Seeds.generator(1));

    // Beyond 4.5 standard errors for one of twelve: a false alarm in 12,000 seeds.
    for (List<Integer> picks : LstmNetworkTest.all(SMALL.sizes())) {
      double p = StrictMath.exp(controller.logProbability(SMALL, picks));
      assertThat((double) Collections.frequency(samples, picks) / draws)
          .isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / draws)));
    }
  }

  static Stream<Distribution> distributions() {
    return Stream.of(
        LstmDistribution.start(4, 1, SMALL.sizes(), Seeds.generator(2)),
        new Categoricals(SMALL.sizes(), Floats.of(0.3f, -0.5f, 1, 0.2f, 0, -1, 0.4f)));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void theMeanOfReinforceIsTheEnumeratedGradient(Distribution distribution) {
    Map<List<Integer>, double[]> estimates = new HashMap<>();
    double[] exact = new double[distribution.values().size()];
    for (List<Integer> picks : LstmNetworkTest.all(SMALL.sizes())) {
      double probability = StrictMath.exp(distribution.logProbability(SMALL, picks));
      double[] estimate =
          distribution.scoreGradient(SMALL, List.of(picks), new double[] {value(picks)}, 0);
      estimates.put(picks, estimate);
      for (int i = 0; i < exact.length; i++) {
        exact[i] += probability * estimate[i];
      }
    }
    int draws = 20_000;
    double[] sums = new double[exact.length];
    double[] squares = new double[exact.length];

    for (List<Integer> picks : distribution.sample(SMALL, draws, Seeds.generator(3))) {
      double[] estimate = estimates.get(picks);
      for (int i = 0; i < exact.length; i++) {
        sums[i] += estimate[i];
        squares[i] += estimate[i] * estimate[i];
      }
    }

    // Beyond 5 standard errors for one of some hundred values that depend on each other: a false
    // alarm in some thousand seeds.
    for (int i = 0; i < exact.length; i++) {
      double mean = sums[i] / draws;
      double error = Math.sqrt(Math.max(0, squares[i] / draws - mean * mean) / draws);
      assertThat(mean).isCloseTo(exact[i], within(5 * error + 1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void theScoreGradientOfCertainWeightsIsTheFiniteDifference(Distribution distribution) {
    List<Integer> picks = List.of(2, 0, 1);

    double[] gradient = distribution.scoreGradient(SMALL, List.of(picks), new double[] {0.7}, 0);

    for (int i = 0; i < gradient.length; i += 5) {
      double up = -0.7 * moved(distribution, i, 0.01f).logProbability(SMALL, picks);
      double down = -0.7 * moved(distribution, i, -0.01f).logProbability(SMALL, picks);
      assertThat(gradient[i]).isCloseTo((up - down) / 0.02, within(1e-4));
    }
  }

  private static Distribution moved(Distribution distribution, int index, float by) {
    float[] values = distribution.values().toArray();
    values[index] += by;
    return distribution.with(Floats.of(values));
  }

  @Test
  void independentChoicesLearnFromRewardsToo() {
    PricedChoices choices = new PricedChoices(Collections.nCopies(3, 3), List.of());
    List<Integer> best = List.of(2, 0, 1);
    GradientPolicy policy =
        GradientPolicy.start(
            Categoricals.uniform(choices.sizes()),
            new Reinforce(new Reward(0), 0, 0.9, 0),
            new AdamRule(0.1, 0.5, 0.999, 1e-8, 0));

    for (int step = 0; step < 80; step++) {
      List<Optional<Feedback>> batch =
          policy.sample(choices, 16, Seeds.generator(11, step)).stream()
              .map(picks -> judged(picks, 0.3 + 0.1 * hits(picks, best)))
              .toList();
      policy = policy.learn(choices, batch, Seeds.generator(11, step));
    }

    assertThat(policy.best(choices, 1)).containsExactly(best);
  }

  @Test
  void equalRewardsTeachNothing() {
    GradientPolicy controller = start(SMALL, plain(0.01));
    List<Optional<Feedback>> batch =
        controller.sample(SMALL, 4, Seeds.generator(1)).stream()
            .map(picks -> judged(picks, 0.75))
            .toList();

    GradientPolicy after = controller.learn(SMALL, batch, Seeds.generator(0));

    assertThat(after.distribution()).isEqualTo(controller.distribution());
    assertThat(baseline(after)).isEqualTo(0.75);
    assertThat(after.steps()).isEqualTo(1);
  }

  @Test
  void theBaselineIsTheRunningMeanOfRewards() {
    GradientPolicy controller = start(SMALL, plain(0.01));
    List<Integer> picks = List.of(0, 0, 0);

    GradientPolicy after =
        controller
            .learn(SMALL, List.of(judged(picks, 0.4), judged(picks, 0.6)), Seeds.generator(0))
            .learn(SMALL, List.of(judged(picks, 1)), Seeds.generator(0));

    // The first batch begins at its mean of 0.5, the decay is 0.5.
    double first = 0.5 * (0.5 * 0.5 + 0.5 * 0.4) + 0.5 * 0.6;
    assertThat(baseline(after)).isCloseTo(0.5 * first + 0.5, within(1e-12));
  }

  @Test
  void aBatchOfNothingChangesNothing() {
    GradientPolicy controller = start(SMALL, plain(0.01));

    assertThat(controller.learn(SMALL, List.of(), Seeds.generator(0))).isSameAs(controller);
    assertThat(controller.learn(SMALL, List.of(Optional.empty()), Seeds.generator(0)))
        .isSameAs(controller);
  }

  @Test
  void itFindsTheBestWidthsOfABandit() {
    PricedChoices choices = new PricedChoices(Collections.nCopies(6, 4), List.of());
    List<Integer> best = List.of(3, 2, 1, 0, 3, 1);
    LstmSettings settings = new LstmSettings(24, 1, null, null, null, null, null, null, null);
    GradientPolicy controller = start(choices, settings);

    for (int step = 0; step < 80; step++) {
      RandomGenerator random = Seeds.generator(11, step);
      List<Optional<Feedback>> batch = new ArrayList<>();
      for (List<Integer> picks : controller.sample(choices, 16, random)) {
        double reward = 0.3 + 0.1 * hits(picks, best) + 0.02 * random.nextGaussian();
        batch.add(judged(picks, reward));
      }
      controller = controller.learn(choices, batch, Seeds.generator(0));
    }

    assertThat(controller.best(choices, 1)).containsExactly(best);
    double[][] marginals = controller.marginals(choices, 200, Seeds.generator(12));
    for (int choice = 0; choice < best.size(); choice++) {
      assertThat(marginals[choice][best.get(choice)]).isGreaterThan(0.5);
    }
  }

  @Test
  void equalArgumentsGiveEqualBits() {
    RecordCodec<Policy> codec = new RecordCodec<>(Policy.class);

    byte[] once = codec.encode(decided(SMALL));
    byte[] again = codec.encode(decided(SMALL));

    assertThat(again).isEqualTo(once);
    assertThat(codec.decode(once)).isEqualTo(decided(SMALL));
  }

  @Test
  void theBestCandidatesAreTheMostProbable() {
    GradientPolicy controller = decided(SMALL);
    List<List<Integer>> all = new ArrayList<>(LstmNetworkTest.all(SMALL.sizes()));
    all.sort(
        (left, right) ->
            Double.compare(
                controller.logProbability(SMALL, right), controller.logProbability(SMALL, left)));

    assertThat(controller.best(SMALL, 5)).isEqualTo(all.subList(0, 5));
  }

  @Test
  void entropyAndMarginalsAreThoseOfAllCandidates() {
    GradientPolicy controller = decided(SMALL);
    double entropy = 0;
    double[][] marginals = {new double[3], new double[2], new double[2]};
    for (List<Integer> picks : LstmNetworkTest.all(SMALL.sizes())) {
      double logarithm = controller.logProbability(SMALL, picks);
      entropy -= StrictMath.exp(logarithm) * logarithm;
      for (int choice = 0; choice < 3; choice++) {
        marginals[choice][picks.get(choice)] += StrictMath.exp(logarithm);
      }
    }

    double estimate = controller.entropy(SMALL, 4_000, Seeds.generator(5));
    double[][] estimated = controller.marginals(SMALL, 4_000, Seeds.generator(5));

    // A step's entropy and probability vary by less than 0.7 and 1: 6 standard errors and more.
    assertThat(estimate).isCloseTo(entropy, within(0.1));
    for (int choice = 0; choice < 3; choice++) {
      assertThat(estimated[choice]).containsExactly(marginals[choice], within(0.05));
      assertThat(Arrays.stream(estimated[choice]).sum()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void manyChoicesFitASmallNetwork() {
    PricedChoices choices = new PricedChoices(Collections.nCopies(40, 2), List.of());
    GradientPolicy controller =
        start(choices, new LstmSettings(8, 2, null, null, null, null, null, null, null));

    assertThat(controller.sample(choices, 3, Seeds.generator(1)))
        .hasSize(3)
        .allMatch(picks -> picks.size() == 40);
  }

  @Test
  void otherChoicesAreRefused() {
    GradientPolicy controller = start(SMALL, plain(0.01));
    PricedChoices others = new PricedChoices(List.of(3, 2), List.of());

    assertThatThrownBy(() -> controller.sample(others, 1, Seeds.generator(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 2, 2]")
        .hasMessageContaining("[3, 2]");
  }

  @Test
  void accuraciesThatAreNotFiniteAreRefused() {
    assertThatThrownBy(() -> Feedback.of(List.of(0), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  private static Optional<Feedback> judged(List<Integer> picks, double accuracy) {
    return Optional.of(Feedback.of(picks, accuracy));
  }

  private static double baseline(GradientPolicy policy) {
    return ((Reinforce) policy.estimator()).baseline();
  }

  private static double value(List<Integer> picks) {
    return picks.get(0) * picks.get(2) - 0.5 * picks.get(1) + 0.5;
  }

  private static int hits(List<Integer> picks, List<Integer> best) {
    int hits = 0;
    for (int i = 0; i < best.size(); i++) {
      hits += picks.get(i).equals(best.get(i)) ? 1 : 0;
    }
    return hits;
  }

  /** A controller whose probabilities differ much. */
  private static GradientPolicy decided(PricedChoices choices) {
    GradientPolicy controller = start(choices, plain(0.05));
    for (int step = 0; step < 4; step++) {
      List<Optional<Feedback>> batch =
          controller.sample(choices, 8, Seeds.generator(21, step)).stream()
              .map(picks -> judged(picks, value(picks)))
              .toList();
      controller = controller.learn(choices, batch, Seeds.generator(0));
    }
    return controller;
  }

  private static LstmSettings plain(double learningRate) {
    return new LstmSettings(6, 1, learningRate, null, null, 0.0, 0.0, 0.5, null);
  }

  private static GradientPolicy start(PricedChoices choices, LstmSettings settings) {
    return (GradientPolicy) settings.start(choices, 1, Seeds.generator(4));
  }

  @Test
  void valuesOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> new LstmDistribution(6, 1, SMALL.sizes(), Floats.of(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2");
  }
}
