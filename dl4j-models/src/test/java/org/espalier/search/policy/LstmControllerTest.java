package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class LstmControllerTest {
  private static final PricedChoices SMALL = new PricedChoices(List.of(3, 2, 2), List.of());

  @Test
  void sampledFrequenciesAreTheProbabilities() {
    LstmController controller = decided(SMALL);
    int draws = 20_000;

    List<List<Integer>> samples = controller.sample(SMALL, draws, Seeds.generator(1));

    // Beyond 4.5 standard errors for one of twelve: a false alarm in 12,000 seeds.
    for (List<Integer> picks : LstmPathsTest.all(SMALL.sizes())) {
      double p = StrictMath.exp(controller.logProbability(SMALL, picks));
      assertThat((double) Collections.frequency(samples, picks) / draws)
          .isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / draws)));
    }
  }

  @Test
  void theMeanOfReinforceIsTheEnumeratedGradient() {
    LstmSettings settings = new LstmSettings(4, 1, null, null, null, null, null, null, null);
    LstmShape shape = new LstmShape(settings, SMALL.sizes());
    double[] parameters = Seeds.generator(2).doubles(shape.size, -0.8, 0.8).toArray();
    LstmPaths paths = new LstmPaths(shape, parameters, SMALL);
    double[] exact = new double[shape.size];
    for (List<Integer> picks : LstmPathsTest.all(SMALL.sizes())) {
      double probability = StrictMath.exp(paths.logProbability(picks));
      paths.addGradient(picks, probability * value(picks), 0, exact);
    }
    RandomGenerator random = Seeds.generator(3);
    int draws = 20_000;
    double[] sums = new double[shape.size];
    double[] squares = new double[shape.size];

    for (int draw = 0; draw < draws; draw++) {
      List<Integer> picks = paths.sample(random);
      double[] estimate = new double[shape.size];
      paths.addGradient(picks, value(picks), 0, estimate);
      for (int i = 0; i < shape.size; i++) {
        sums[i] += estimate[i];
        squares[i] += estimate[i] * estimate[i];
      }
    }

    // Beyond 4 standard errors for one of the 35 parameters of the heads, the others depend on
    // them: a false alarm in 450 seeds.
    for (int i = shape.head(0); i < shape.size; i++) {
      double mean = sums[i] / draws;
      double error = Math.sqrt((squares[i] / draws - mean * mean) / draws);
      assertThat(mean).isCloseTo(exact[i], within(4 * error));
    }
  }

  @Test
  void equalRewardsTeachNothing() {
    LstmController controller = start(SMALL, plain(0.01));
    List<Rewarded> batch =
        controller.sample(SMALL, 4, Seeds.generator(1)).stream()
            .map(picks -> new Rewarded(picks, 0.75))
            .toList();

    LstmController after = controller.learn(SMALL, batch);

    assertThat(after.weights()).isEqualTo(controller.weights());
    assertThat(after.baseline()).isEqualTo(0.75);
    assertThat(after.steps()).isEqualTo(1);
  }

  @Test
  void theBaselineIsTheRunningMeanOfRewards() {
    LstmController controller = start(SMALL, plain(0.01));
    List<Integer> picks = List.of(0, 0, 0);

    LstmController after =
        controller
            .learn(SMALL, List.of(new Rewarded(picks, 0.4), new Rewarded(picks, 0.6)))
            .learn(SMALL, List.of(new Rewarded(picks, 1)));

    // The first batch begins at its mean of 0.5, the decay is 0.5.
    double first = 0.5 * (0.5 * 0.5 + 0.5 * 0.4) + 0.5 * 0.6;
    assertThat(after.baseline()).isCloseTo(0.5 * first + 0.5, within(1e-12));
  }

  @Test
  void aBatchOfNothingChangesNothing() {
    LstmController controller = start(SMALL, plain(0.01));

    assertThat(controller.learn(SMALL, List.of())).isSameAs(controller);
  }

  @Test
  void itFindsTheBestWidthsOfABandit() {
    PricedChoices choices = new PricedChoices(Collections.nCopies(6, 4), List.of());
    List<Integer> best = List.of(3, 2, 1, 0, 3, 1);
    LstmSettings settings = new LstmSettings(24, 1, null, null, null, null, null, null, null);
    LstmController controller = start(choices, settings);

    for (int step = 0; step < 80; step++) {
      RandomGenerator random = Seeds.generator(11, step);
      List<Rewarded> batch = new ArrayList<>();
      for (List<Integer> picks : controller.sample(choices, 16, random)) {
        double reward = 0.3 + 0.1 * hits(picks, best) + 0.02 * random.nextGaussian();
        batch.add(new Rewarded(picks, reward));
      }
      controller = controller.learn(choices, batch);
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
    LstmController controller = decided(SMALL);
    List<List<Integer>> all = new ArrayList<>(LstmPathsTest.all(SMALL.sizes()));
    all.sort(
        (left, right) ->
            Double.compare(
                controller.logProbability(SMALL, right), controller.logProbability(SMALL, left)));

    assertThat(controller.best(SMALL, 5)).isEqualTo(all.subList(0, 5));
  }

  @Test
  void entropyAndMarginalsAreThoseOfAllCandidates() {
    LstmController controller = decided(SMALL);
    double entropy = 0;
    double[][] marginals = {new double[3], new double[2], new double[2]};
    for (List<Integer> picks : LstmPathsTest.all(SMALL.sizes())) {
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
    LstmController controller =
        start(choices, new LstmSettings(8, 2, null, null, null, null, null, null, null));

    assertThat(controller.sample(choices, 3, Seeds.generator(1)))
        .hasSize(3)
        .allMatch(picks -> picks.size() == 40);
  }

  @Test
  void otherChoicesAreRefused() {
    LstmController controller = start(SMALL, plain(0.01));
    PricedChoices others = new PricedChoices(List.of(3, 2), List.of());

    assertThatThrownBy(() -> controller.sample(others, 1, Seeds.generator(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 2, 2]")
        .hasMessageContaining("[3, 2]");
  }

  @Test
  void rewardsThatAreNotFiniteAreRefused() {
    assertThatThrownBy(() -> new Rewarded(List.of(0), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  private static double value(List<Integer> picks) {
    return picks.get(0) * picks.get(2) - 0.5 * picks.get(1) + 0.3;
  }

  private static int hits(List<Integer> picks, List<Integer> best) {
    int hits = 0;
    for (int i = 0; i < best.size(); i++) {
      hits += picks.get(i).equals(best.get(i)) ? 1 : 0;
    }
    return hits;
  }

  /** A controller whose probabilities differ much. */
  private static LstmController decided(PricedChoices choices) {
    LstmController controller = start(choices, plain(0.05));
    for (int step = 0; step < 4; step++) {
      List<Rewarded> batch =
          controller.sample(choices, 8, Seeds.generator(21, step)).stream()
              .map(picks -> new Rewarded(picks, value(picks)))
              .toList();
      controller = controller.learn(choices, batch);
    }
    return controller;
  }

  private static LstmSettings plain(double learningRate) {
    return new LstmSettings(6, 1, learningRate, null, null, 0.0, 0.0, 0.5, null);
  }

  private static LstmController start(PricedChoices choices, LstmSettings settings) {
    return (LstmController) Policy.start(settings, choices, 1, Seeds.generator(4));
  }

  @Test
  void weightsOfAnotherSizeAreRefused() {
    LstmController controller = start(SMALL, plain(0.01));

    assertThatThrownBy(
            () ->
                new LstmController(
                    controller.settings(),
                    controller.sizes(),
                    Floats.of(1, 2),
                    controller.moments(),
                    0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2");
  }
}
