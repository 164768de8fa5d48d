package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of two choices only one has an effect, as a third one says. */
class IdleChoicesTest {
  private static final List<Integer> SIZES = List.of(2, 3, 2);
  private static final Floats LOGITS = Floats.of(0.3f, -0.4f, 1, 0.5f, -0.25f, 0.75f, 0.1f);
  private static final PricedChoices ALL = new PricedChoices(SIZES, List.of());

  static List<IndependentChoices> distributions() {
    return List.of(new Categoricals(SIZES, LOGITS), new SigmoidGates(SIZES, LOGITS));
  }

  private static Set<Integer> idle(List<Integer> picks) {
    return Set.of(picks.get(0) == 0 ? 1 : 2);
  }

  private static double worth(List<Integer> picks) {
    return picks.get(0) == 0 ? 0.2 + 0.7 * picks.get(2) : 0.1 + 0.3 * picks.get(1);
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void reinforceKeepsItsMeanAndVariesLess(IndependentChoices distribution) {
    List<List<Integer>> all = Enumerated.all(SIZES);
    double[] weights =
        all.stream()
            .mapToDouble(
                picks -> -StrictMath.exp(distribution.logProbability(picks)) * worth(picks))
            .toArray();
    double[] exact = Enumerated.gradient(distribution, IdleChoicesTest::worth);

    double[] masked = distribution.scoreGradient(ALL.with(IdleChoicesTest::idle), all, weights, 0);
    double[] plain = distribution.scoreGradient(ALL, all, weights, 0);

    for (int i = 0; i < exact.length; i++) {
      assertThat(masked[i]).isEqualTo(exact[i], within(1e-12));
      assertThat(plain[i]).isEqualTo(exact[i], within(1e-12));
    }
    assertThat(squares(distribution, ALL.with(IdleChoicesTest::idle)))
        .isLessThan(squares(distribution, ALL));
  }

  private static double squares(IndependentChoices distribution, PricedChoices choices) {
    double sum = 0;
    for (List<Integer> picks : Enumerated.all(SIZES)) {
      double probability = StrictMath.exp(distribution.logProbability(picks));
      for (double slope :
          distribution.scoreGradient(choices, List.of(picks), new double[] {worth(picks)}, 0)) {
        sum += probability * slope * slope;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void relaxKeepsItsMean(IndependentChoices distribution) {
    RandomGenerator random = Seeds.generator(21);
    ControlVariate start = ControlVariate.start(7, 3, random);
    float[] values = start.values().toArray();
    for (int i = values.length - 4; i < values.length; i++) {
      values[i] = 0.5f - 0.3f * (values.length - i);
    }
    ControlVariate variate = new ControlVariate(7, 3, Floats.of(values));

    Enumerated.assertMean(
        Enumerated.gradient(distribution, IdleChoicesTest::worth),
        20_000,
        draw -> {
          GumbelSample drawn = distribution.gumbel(0.5, random);
          RelaxSample sample = new RelaxSample(distribution, drawn, idle(drawn.picks()), random);
          return Rows.scaled(1, sample.estimate(worth(drawn.picks()), variate)).flat();
        });
  }
}
