package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class GateRegulariserTest {
  private static final double[][] GATES = {{0.9, 0.2, 0.6}, {0.1, 0.5}, {0.7, 0.3, 0.4}, {0.8}};

  /** Two nodes: one with the first two choices, one with all but the last. */
  private static final ExpectedSkips SKIPS =
      new ExpectedSkips(
          List.of(
              List.of(edge(0, 1), edge(1, 0)),
              List.of(edge(0, 1), edge(1, 0), new ExpectedSkips.Edge(2, OptionalInt.empty()))),
          2);

  @Test
  void theZeroOneLossHasItsFiniteDifferences() {
    assertGradient(ZeroOneLoss::of, ZeroOneLoss.gradient(GATES));
  }

  @Test
  void theZeroOneLossIsLeastAtTheEndsAndFlatInTheMiddle() {
    assertThat(ZeroOneLoss.of(new double[][] {{0, 1}, {1}})).isEqualTo(-0.25);
    assertThat(ZeroOneLoss.of(GATES)).isBetween(-0.25, 0.0);
    assertThat(ZeroOneLoss.of(new double[][] {{0.5, 0.5}})).isZero();
    assertThat(ZeroOneLoss.gradient(new double[][] {{0.5, 0.5}})[0]).containsOnly(-0.0);
    // Away from the middle it falls on both sides.
    assertThat(ZeroOneLoss.gradient(new double[][] {{0.6, 0.4}})[0][0]).isNegative();
    assertThat(ZeroOneLoss.gradient(new double[][] {{0.6, 0.4}})[0][1]).isPositive();
  }

  @Test
  void expectedSkipsAreCountedByNode() {
    double first = 2 * (0.2 + 0.1) / (1.7 + 0.6);
    double second = 2 * (0.2 + 0.1) / (1.7 + 0.6 + 1.4);

    assertThat(SKIPS.of(GATES)).isCloseTo(first + second, within(1e-14));
    // Where only skips are open, each node keeps nothing else.
    assertThat(SKIPS.of(new double[][] {{0, 1, 0}, {1, 0}, {0, 0, 0}, {1}})).isEqualTo(4);
  }

  @Test
  void expectedSkipsHaveTheirFiniteDifferences() {
    double[][] gradient = SKIPS.gradient(GATES);

    assertGradient(SKIPS::of, gradient);
    assertThat(gradient[3]).containsExactly(0);
    // Of a single node it is 2 (1 - R) / Z for its skips and -2 R / Z for the rest.
    double all = 2.3;
    double ratio = 0.3 / all;
    double[][] ofOne =
        new ExpectedSkips(List.of(List.of(edge(0, 1), edge(1, 0))), 2).gradient(GATES);
    assertThat(ofOne[0][1]).isCloseTo(2 * (1 - ratio) / all, within(1e-14));
    assertThat(ofOne[0][2]).isCloseTo(-2 * ratio / all, within(1e-14));
  }

  @Test
  void aRegulariserMovesWhatItsOwnGradientSays() {
    PricedChoices choices = new PricedChoices(List.of(3, 2, 3, 1), List.of());
    GateSettings settings = new GateSettings(Gating.SIGMOID, 0.1, null, null, null, null);
    GradientPolicy policy =
        (GradientPolicy) new MixtureSettings(settings).start(choices, 60, Seeds.generator(1));
    Feedback nothing =
        new Feedback(
            PathCode.all(choices.sizes()),
            0.5,
            List.of(
                List.of(0.0, 0.0, 0.0), List.of(0.0, 0.0), List.of(0.0, 0.0, 0.0), List.of(0.0)));
    List<Optional<Feedback>> batch = List.of(Optional.of(nothing));
    double before = SKIPS.of(policy.mixture().orElseThrow());

    GradientPolicy after = policy;
    for (int step = 0; step < 60; step++) {
      after = after.learn(choices, batch, SKIPS::gradient, Seeds.generator(step));
    }

    assertThat(SKIPS.of(after.mixture().orElseThrow())).isLessThan(before / 10);
    assertThat(policy.learn(choices, batch, Seeds.generator(1)).distribution())
        .isEqualTo(policy.distribution());
  }

  private static ExpectedSkips.Edge edge(int choice, int skip) {
    return new ExpectedSkips.Edge(choice, OptionalInt.of(skip));
  }

  private static void assertGradient(ToDoubleFunction<double[][]> of, double[][] gradient) {
    double step = 1e-6;
    for (int choice = 0; choice < GATES.length; choice++) {
      for (int option = 0; option < GATES[choice].length; option++) {
        double up = of.applyAsDouble(moved(choice, option, step));
        double down = of.applyAsDouble(moved(choice, option, -step));
        assertThat(gradient[choice][option]).isCloseTo((up - down) / (2 * step), within(1e-8));
      }
    }
  }

  private static double[][] moved(int choice, int option, double by) {
    double[][] moved = Rows.scaled(1, GATES).table();
    moved[choice][option] += by;
    return moved;
  }
}
