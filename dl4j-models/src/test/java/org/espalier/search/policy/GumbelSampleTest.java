package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class GumbelSampleTest {
  private static final Categoricals DISTRIBUTION =
      new Categoricals(List.of(3, 2), Floats.of(1, 0.5f, -0.25f, 0, 2));

  @Test
  void thePickHasTheLargestRelaxedValue() {
    for (int seed = 0; seed < 20; seed++) {
      GumbelSample sample = DISTRIBUTION.gumbel(0.7, Seeds.generator(seed));

      for (int choice = 0; choice < 2; choice++) {
        List<Double> relaxed = sample.relaxed().get(choice);
        assertThat(relaxed.get(sample.picks().get(choice))).isEqualTo(Collections.max(relaxed));
        assertThat(relaxed.stream().mapToDouble(Double::doubleValue).sum())
            .isCloseTo(1, within(1e-14));
      }
    }
  }

  @Test
  void coldSamplesAreHardAndHotOnesAreUniform() {
    GumbelSample cold = DISTRIBUTION.gumbel(1e-4, Seeds.generator(1));
    GumbelSample hot = DISTRIBUTION.gumbel(1e6, Seeds.generator(1));

    assertThat(cold.relaxed().get(0).get(cold.picks().get(0))).isCloseTo(1, within(1e-12));
    assertThat(hot.relaxed().get(0)).allMatch(value -> Math.abs(value - 1.0 / 3) < 1e-4);
    assertThat(hot.picks()).isEqualTo(cold.picks());
  }

  @Test
  void theStraightThroughGradientIsThatOfTheRelaxedGate() {
    double temperature = 0.7;
    GumbelSample sample = DISTRIBUTION.gumbel(temperature, Seeds.generator(5));
    List<List<Double>> gates = List.of(List.of(-1.5, 0.5, 2.0), List.of(0.25, -1.0));

    double[][] gradient = sample.straightThrough(gates);

    double step = 1e-5;
    for (int choice = 0; choice < 2; choice++) {
      for (int option = 0; option < gradient[choice].length; option++) {
        double up = loss(sample, choice, option, step, gates.get(choice));
        double down = loss(sample, choice, option, -step, gates.get(choice));
        assertThat(gradient[choice][option]).isCloseTo((up - down) / (2 * step), within(1e-9));
      }
    }
  }

  @Test
  void equalGatesHaveNoGradient() {
    GumbelSample sample = DISTRIBUTION.gumbel(0.7, Seeds.generator(5));

    double[][] gradient =
        sample.straightThrough(List.of(List.of(-0.3, -0.3, -0.3), List.of(0.7, 0.7)));

    assertThat(gradient[0]).containsOnly(0);
    assertThat(gradient[1]).containsOnly(0);
  }

  @Test
  void gatesOfOtherChoicesAreRefused() {
    GumbelSample sample = DISTRIBUTION.gumbel(1, Seeds.generator(5));

    assertThatThrownBy(() -> sample.straightThrough(List.of(List.of(1.0, 2.0, 3.0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 choices, got 1");
    assertThatThrownBy(() -> sample.straightThrough(List.of(List.of(1.0), List.of(1.0, 2.0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 options, got 1");
  }

  /** A loss linear in the relaxed values after a logit is moved, with the same noise. */
  private static double loss(
      GumbelSample sample, int choice, int option, double by, List<Double> gates) {
    List<Double> relaxed = sample.relaxed().get(choice);
    double[] scores = relaxed.stream().mapToDouble(Math::log).toArray();
    scores[option] += by / sample.temperature();
    double[] moved = Softmax.probabilities(scores);
    double loss = 0;
    for (int i = 0; i < moved.length; i++) {
      loss += gates.get(i) * moved[i];
    }
    return loss;
  }
}
