package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.espalier.search.space.PairwiseTerms;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.PricedChoices.PricedLimit;
import org.espalier.settings.SettingException;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class HardLimitsTest {
  private static final List<Integer> SIZES = List.of(3, 2);
  private static final double[][] COSTS = {{0, 10, 40}, {5, 30}};
  private static final PolicySettings MIXTURE = new MixtureSettings(hard());

  private static GateSettings hard() {
    return new GateSettings(null, null, null, null, null, new PenaltySettings.Hard(null, null));
  }

  private static PricedChoices limited(long most) {
    PairwiseTerms terms = new PairwiseTerms(SIZES);
    for (int choice = 0; choice < SIZES.size(); choice++) {
      for (int option = 0; option < SIZES.get(choice); option++) {
        terms.add(choice, option, (long) COSTS[choice][option]);
      }
    }
    return new PricedChoices(SIZES, List.of(new PricedLimit(terms.sum(), most)));
  }

  /** The policy of a mixture after steps on a loss with a known gradient, always within limits. */
  private static Policy learned(
      Policy from,
      PricedChoices choices,
      int first,
      int last,
      Function<double[][], double[][]> of) {
    Policy policy = from;
    for (int step = first; step < last; step++) {
      double[][] gradient = of.apply(policy.mixture().orElseThrow());
      List<List<Double>> gates = new ArrayList<>();
      for (double[] row : gradient) {
        gates.add(Arrays.stream(row).boxed().toList());
      }
      Feedback feedback = new Feedback(PathCode.all(SIZES), 0.5, gates);
      policy = policy.learn(choices, List.of(Optional.of(feedback)), Seeds.generator(step));
      assertThat(choices.expectedRatio(marginals(policy, choices))).isLessThanOrEqualTo(1);
    }
    return policy;
  }

  private static double[][] marginals(Policy policy, PricedChoices choices) {
    return policy.marginals(choices, 1, Seeds.generator(1));
  }

  /** The least value of all probabilities within a limit, on a grid. */
  private static double least(long most, ToDoubleFunction<double[][]> of) {
    double least = Double.POSITIVE_INFINITY;
    int steps = 50;
    for (int i = 0; i <= steps; i++) {
      for (int j = 0; i + j <= steps; j++) {
        for (int k = 0; k <= steps; k++) {
          double[][] at = {
            {(double) i / steps, (double) j / steps, (double) (steps - i - j) / steps},
            {(double) k / steps, (double) (steps - k) / steps}
          };
          if (product(at, COSTS) <= most + 1e-9) {
            least = Math.min(least, of.applyAsDouble(at));
          }
        }
      }
    }
    return least;
  }

  private static double product(double[][] left, double[][] right) {
    double sum = 0;
    for (int choice = 0; choice < left.length; choice++) {
      for (int option = 0; option < left[choice].length; option++) {
        sum += left[choice][option] * right[choice][option];
      }
    }
    return sum;
  }

  @Test
  void ofALinearLossItFindsTheOptimum() {
    double[][] losses = {{0, -1, -3}, {0, -1.5}};
    for (long most : new long[] {6, 20, 45, 100}) {
      PricedChoices choices = limited(most);
      Policy start = MIXTURE.start(choices, 300, Seeds.generator(1));

      double[][] end = marginals(learned(start, choices, 0, 300, gates -> losses), choices);

      assertThat(product(end, losses))
          .isCloseTo(least(most, at -> product(at, losses)), within(0.05));
    }
  }

  @Test
  void ofAQuadraticLossItFindsTheOptimum() {
    double[][] aims = {{0.1, 0.2, 0.7}, {0.3, 0.7}};
    double[][] weights = {{1, 2, 4}, {1, 1}};
    for (long most : new long[] {15, 30, 100}) {
      PricedChoices choices = limited(most);
      Policy start = MIXTURE.start(choices, 300, Seeds.generator(1));

      double[][] end =
          marginals(
              learned(start, choices, 0, 300, gates -> slopes(gates, aims, weights)), choices);

      assertThat(loss(end, aims, weights))
          .isCloseTo(least(most, at -> loss(at, aims, weights)), within(0.01));
    }
  }

  private static double loss(double[][] at, double[][] aims, double[][] weights) {
    Rows off = Rows.scaled(1, at);
    off.add(-1, aims);
    return product(slopes(at, aims, weights), off.table()) / 2;
  }

  private static double[][] slopes(double[][] at, double[][] aims, double[][] weights) {
    double[][] slopes = Rows.scaled(1, at).table();
    for (int choice = 0; choice < slopes.length; choice++) {
      for (int option = 0; option < slopes[choice].length; option++) {
        slopes[choice][option] =
            weights[choice][option] * (at[choice][option] - aims[choice][option]);
      }
    }
    return slopes;
  }

  /** Where only one candidate is within the limit, it is drawn from the beginning. */
  @Test
  void atTheLeastLimitThereIsOnlyTheCheapest() {
    PricedChoices choices = limited(5);
    Policy start = MIXTURE.start(choices, 10, Seeds.generator(1));

    Policy end = learned(start, choices, 0, 10, gates -> new double[][] {{0, -1, -3}, {0, -2}});

    assertThat(marginals(end, choices)).isDeepEqualTo(new double[][] {{1, 0, 0}, {1, 0}});
    assertThat(end.entropy(choices, 1, Seeds.generator(1))).isZero();
    assertThat(end.best(choices, 3)).containsExactly(List.of(0, 0));
  }

  @Test
  void itGoesOnFromWhatWasWrittenToTheBit() {
    RecordCodec<Policy> codec = new RecordCodec<>(Policy.class);
    PricedChoices choices = limited(20);
    Policy start = MIXTURE.start(choices, 20, Seeds.generator(1));
    Function<double[][], double[][]> losses = gates -> new double[][] {{0, -1, -3}, {0, -2}};

    Policy whole = learned(start, choices, 0, 20, losses);
    Policy half = codec.decode(codec.encode(learned(start, choices, 0, 10, losses)));

    assertThat(codec.encode(learned(half, choices, 10, 20, losses))).isEqualTo(codec.encode(whole));
    assertThat(whole.steps()).isEqualTo(20);
  }

  /** A path has gradients of what it computes, and of nothing else. */
  @Test
  void sampledPathsFindTheBestCandidateWithinTheLimit() {
    double[][] losses = {{-0.1, -0.3, -0.5}, {-0.1, -0.5}};
    PricedChoices choices = limited(40);
    Policy policy = new SamplerSettings(null, null, hard()).start(choices, 200, Seeds.generator(1));

    for (int step = 0; step < 200; step++) {
      List<Optional<Feedback>> batch = new ArrayList<>();
      for (List<Integer> path : policy.paths(choices, 4, Seeds.generator(7, step))) {
        double[][] gates = PathCode.gates(SIZES, path);
        List<List<Double>> slopes = new ArrayList<>();
        for (int choice = 0; choice < gates.length; choice++) {
          List<Double> row = new ArrayList<>();
          for (int option = 0; option < gates[choice].length; option++) {
            row.add(gates[choice][option] * losses[choice][option]);
          }
          slopes.add(row);
        }
        batch.add(Optional.of(new Feedback(path, 0.5, slopes)));
      }
      policy = policy.learn(choices, batch, Seeds.generator(7, step));
      assertThat(choices.expectedRatio(marginals(policy, choices))).isLessThanOrEqualTo(1);
    }

    // Dear and dear costs 70; the most for 40 is the second best first and the best second.
    assertThat(policy.best(choices, 1)).containsExactly(List.of(1, 1));
    assertThat(product(marginals(policy, choices), losses)).isLessThan(-0.75);
  }

  @Test
  void whatIsInheritedStaysWithinTheLimit() {
    PricedChoices wide = limited(100);
    PricedChoices tight = limited(20);
    Policy dear =
        learned(
            MIXTURE.start(wide, 50, Seeds.generator(1)),
            wide,
            0,
            50,
            gates -> new double[][] {{0, -1, -3}, {0, -2}});

    Policy inherited =
        MIXTURE
            .start(tight, 50, Seeds.generator(1))
            .inheriting(tight, dear, List.of(List.of(0, 1, 2), List.of(0, 1)), 1);

    assertThat(wide.expectedRatio(marginals(dear, wide))).isGreaterThan(0.4);
    assertThat(tight.expectedRatio(marginals(inherited, tight))).isBetween(0.99, 1.0);
  }

  @Test
  void sigmoidGatesAreRefused() {
    assertThatThrownBy(
            () ->
                new GateSettings(
                    Gating.SIGMOID, null, null, null, null, new PenaltySettings.Hard(null, null)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("gates must be softmax where the penalty is hard");
  }
}
