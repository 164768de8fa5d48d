package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class EnsembleTest {
  private static final PricedChoices ONE = new PricedChoices(List.of(3), List.of());

  /** Probabilities 0.5322, 0.3228 and 0.1450. */
  private static final Categoricals KNOWN = new Categoricals(List.of(3), Floats.of(1, 0.5f, -0.3f));

  private static final PricedChoices SEVERAL = new PricedChoices(List.of(3, 2), List.of());
  private static final Categoricals SOME =
      new Categoricals(List.of(3, 2), Floats.of(1, 0.5f, -0.25f, 0, 0.5f));
  private static final SigmoidGates GATED = new SigmoidGates(SOME.sizes(), SOME.logits());
  private static final List<List<Double>> GATES =
      List.of(List.of(-1.5, 0.5, 2.0), List.of(0.25, -1.0));

  @Test
  void anOptionIsOnUnlessEveryDrawMissesIt() {
    for (int draws : new int[] {2, 4}) {
      StraightThrough estimator = estimator(draws);
      double[] expected = new double[3];
      for (int option = 0; option < 3; option++) {
        expected[option] = 1 - Math.pow(1 - KNOWN.marginals()[0][option], draws);
      }
      int count = 50_000;
      List<List<Integer>> paths = estimator.paths(KNOWN, ONE, count, 0, Seeds.generator(1, draws));

      // Beyond 4 standard errors for one of three: a false alarm in 5,000 seeds.
      Enumerated.assertMean(
          expected, count, draw -> PathCode.gates(List.of(3), paths.get(draw))[0]);
      double[] published =
          draws == 2 ? new double[] {.781, .541, .269} : new double[] {.952, .790, .466};
      assertThat(expected).containsExactly(published, within(5e-4));
    }
  }

  @Test
  void samplesAreTheFirstDrawsOfThePaths() {
    StraightThrough estimator = estimator(3);
    List<List<Integer>> paths = estimator.paths(SOME, SEVERAL, 50, 0, Seeds.generator(2));
    List<List<Integer>> samples = estimator.sample(SOME, SEVERAL, 50, 0, Seeds.generator(2));

    for (int i = 0; i < 50; i++) {
      double[][] gates = PathCode.gates(SOME.sizes(), paths.get(i));
      for (int choice = 0; choice < 2; choice++) {
        assertThat(gates[choice][samples.get(i).get(choice)]).isEqualTo(1);
      }
    }
    assertThat(paths).isNotEqualTo(samples);
  }

  @Test
  void oneDrawGivesTheGradientOfASinglePath() {
    GumbelSample sample = SOME.gumbel(0.7, Seeds.generator(5));

    double[] ensemble = gradient(SOME, 1);

    assertThat(ensemble).containsExactly(Rows.scaled(1, sample.straightThrough(GATES)).flat());
  }

  @Test
  void theGradientIsThatOfTheSoftVersionWithTheSameNoise() {
    for (IndependentChoices distribution : List.of(SOME, GATED)) {
      for (int draws : new int[] {1, 3}) {
        double[] gradient = gradient(distribution, draws);

        float step = 0x1p-10f;
        for (int i = 0; i < gradient.length; i++) {
          Floats values = distribution.values();
          double up = soft(distribution.with(Enumerated.moved(values, i, step)), draws);
          double down = soft(distribution.with(Enumerated.moved(values, i, -step)), draws);
          assertThat(gradient[i]).isCloseTo((up - down) / (2 * step), within(1e-5));
        }
      }
    }
  }

  @Test
  void feedbackOfOtherPathsIsRefused() {
    StraightThrough estimator = estimator(3);
    List<Integer> sample = estimator.sample(SOME, SEVERAL, 1, 0, Seeds.generator(5)).get(0);
    List<Integer> path = estimator.paths(SOME, SEVERAL, 1, 0, Seeds.generator(5)).get(0);
    assertThat(sample).isNotEqualTo(path);

    assertThatThrownBy(() -> estimator.estimate(SOME, SEVERAL, batch(sample, 5)))
        .hasMessageContaining("the generator is not that of the samples");
  }

  @Test
  void choicesOfTooManyOptionsForSetsAreRefused() {
    PricedChoices wide = new PricedChoices(List.of(31), List.of());

    assertThatThrownBy(() -> EnsembleSettings.defaults().start(wide, 1, Seeds.generator(1)))
        .hasMessageContaining("more than 30 options");
    assertThat(SamplerSettings.defaults().start(wide, 1, Seeds.generator(1)).steps()).isZero();
  }

  /** A loss linear in the largest of the relaxed values, from the noise of a fixed seed. */
  private static double soft(IndependentChoices distribution, int draws) {
    var random = Seeds.generator(5);
    List<GumbelSample> samples = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      samples.add(distribution.gumbel(0.7, random));
    }
    double loss = 0;
    for (int choice = 0; choice < GATES.size(); choice++) {
      for (int option = 0; option < GATES.get(choice).size(); option++) {
        double most = 0;
        for (GumbelSample sample : samples) {
          most = Math.max(most, sample.relaxed().get(choice).get(option));
        }
        loss += GATES.get(choice).get(option) * most;
      }
    }
    return loss;
  }

  private static double[] gradient(IndependentChoices distribution, int draws) {
    StraightThrough estimator = estimator(draws);
    List<Integer> path = estimator.paths(distribution, SEVERAL, 1, 0, Seeds.generator(5)).get(0);
    return estimator.estimate(distribution, SEVERAL, batch(path, 5)).gradient();
  }

  private static Estimator.Batch batch(List<Integer> path, int seed) {
    return new Estimator.Batch(
        List.of(Optional.of(new Feedback(path, 0.5, GATES))), 0, Seeds.generator(seed));
  }

  private static StraightThrough estimator(int draws) {
    CostPenalty none = new CostPenalty(Collections.emptyList(), 1);
    return new StraightThrough(
        draws, new StraightThrough.Temperature(0.7, 0.7, 1), new GateObjective(0, none));
  }
}
