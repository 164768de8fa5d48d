package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class StraightThroughTest {
  private static GradientCheck inputs() {
    return GradientCheck.of(Shape.of(3, 3))
        .with(0, -2.5, -1.6, -0.5, 0.2, 0.5, 1.5, 2.5, 3.7, 40.1);
  }

  @Test
  void roundsHalvesToEven() {
    inputs()
        .matches(
            v -> Weights.roundStraightThrough(v.get(0)),
            new Numbers(Shape.of(3, 3), -2, -2, 0, 0, 0, 2, 2, 4, 40));
  }

  @Test
  void roundsIntoARange() {
    inputs()
        .matches(
            v -> Weights.roundStraightThrough(v.get(0), -1, 3),
            new Numbers(Shape.of(3, 3), -1, -1, 0, 0, 0, 2, 2, 3, 3));
  }

  @Test
  void gradientPassesAsIfNothingWereRounded() {
    inputs().passes(v -> Weights.roundStraightThrough(v.get(0)), v -> v.get(0));
    inputs().fillsParameters(v -> Weights.roundStraightThrough(v.get(0)));
    inputs().repeatsBits(v -> Weights.roundStraightThrough(v.get(0)));
  }

  @Test
  void gradientStopsOutsideTheRange() {
    double[] inside = {0, 0, 1, 1, 1, 1, 1, 0, 0};

    inputs()
        .passes(
            v -> Weights.roundStraightThrough(v.get(0), -1, 3),
            v -> Elementwise.multiply(v.get(0), v.get(0).tape().constant(Shape.of(3, 3), inside)));
    inputs().repeatsBits(v -> Weights.roundStraightThrough(v.get(0), -1, 3));
  }

  @Test
  void gradientPassesAtTheEndsOfTheRange() {
    GradientCheck.of(Shape.of(2))
        .with(0, -1, 3)
        .passes(v -> Weights.roundStraightThrough(v.get(0), -1, 3), v -> v.get(0));
  }

  @Test
  void theRangeMustNotBeEmpty() {
    assertThatThrownBy(() -> inputs().passes(v -> Weights.roundStraightThrough(v.get(0), 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("low=2, high=2");
  }
}
