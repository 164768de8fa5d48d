package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class FullMixtureTest {
  private static final List<Integer> SIZES = List.of(3, 2);
  private static final PricedChoices FREE = new PricedChoices(SIZES, List.of());
  private static final Floats LOGITS = Floats.of(1, 0.5f, -0.25f, 0, 0.5f);

  /** A loss of candidates that is linear in each choice, {@code [first pick][second pick]}. */
  private static final double[][] LOSS = {{0.3, -1}, {2, 0.25}, {-0.5, 1}};

  @Test
  void theGradientIsThatOfTheExpectedLossOfSamples() {
    Categoricals distribution = new Categoricals(SIZES, LOGITS);

    double[] gradient = gradient(distribution);

    double[] exact = Enumerated.gradient(distribution, picks -> LOSS[picks.get(0)][picks.get(1)]);
    assertThat(gradient).containsExactly(exact, within(1e-14));
  }

  @Test
  void ofIndependentGatesItIsTheDerivativeOfTheMixture() {
    SigmoidGates distribution = new SigmoidGates(SIZES, LOGITS);

    double[] gradient = gradient(distribution);

    float step = 0x1p-10f;
    for (int i = 0; i < gradient.length; i++) {
      double up = mixed(distribution.with(Enumerated.moved(LOGITS, i, step)).gates());
      double down = mixed(distribution.with(Enumerated.moved(LOGITS, i, -step)).gates());
      assertThat(gradient[i]).isCloseTo((up - down) / (2 * step), within(1e-6));
    }
  }

  @Test
  void itsPathsComputeEverythingTimesTheGates() {
    MixtureSettings settings =
        new MixtureSettings(new GateSettings(Gating.SIGMOID, null, null, null, null, null));
    Policy policy = settings.start(FREE, 10, Seeds.generator(1));

    assertThat(policy.paths(FREE, 3, Seeds.generator(2)))
        .containsOnly(PathCode.all(SIZES))
        .hasSize(3);
    assertThat(policy.sample(FREE, 3, Seeds.generator(2))).allMatch(FREE::allows);
    assertThat(policy.mixture().orElseThrow())
        .isDeepEqualTo(new double[][] {{0.5, 0.5, 0.5}, {0.5, 0.5}});
  }

  @Test
  void itFindsTheBestCandidateOfASmallSpace() {
    Policy policy = MixtureSettings.defaults().start(FREE, 60, Seeds.generator(1));

    for (int step = 0; step < 60; step++) {
      double[][] gates = policy.mixture().orElseThrow();
      policy = policy.learn(FREE, List.of(Optional.of(judged(gates))), Seeds.generator(step));
    }

    assertThat(policy.best(FREE, 1)).containsExactly(List.of(0, 1));
  }

  private static double[] gradient(IndependentChoices distribution) {
    FullMixture mixture = new FullMixture(new GateObjective(0, new CostPenalty(List.of(), 1)));
    Feedback feedback = judged(distribution.gates());
    // A batch of two equal ones, of which the mean is taken.
    List<Optional<Feedback>> batch = List.of(Optional.of(feedback), Optional.of(feedback));
    return mixture
        .estimate(distribution, FREE, new Estimator.Batch(batch, 0, Seeds.generator(1)))
        .gradient();
  }

  private static double mixed(double[][] gates) {
    double sum = 0;
    for (int first = 0; first < LOSS.length; first++) {
      for (int second = 0; second < LOSS[first].length; second++) {
        sum += gates[0][first] * gates[1][second] * LOSS[first][second];
      }
    }
    return sum;
  }

  /** The derivatives of the mixture's loss by its gates. */
  private static Feedback judged(double[][] gates) {
    List<Double> first = new ArrayList<>(List.of(0.0, 0.0, 0.0));
    List<Double> second = new ArrayList<>(List.of(0.0, 0.0));
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        first.set(i, first.get(i) + gates[1][j] * LOSS[i][j]);
        second.set(j, second.get(j) + gates[0][i] * LOSS[i][j]);
      }
    }
    return new Feedback(PathCode.all(SIZES), 0.5, List.of(first, second));
  }
}
