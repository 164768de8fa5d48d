package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FixedPenaltyTest {
  @ParameterizedTest
  @EnumSource(FixedPenalty.Shape.class)
  void theSlopeIsThatOfThePenalty(FixedPenalty.Shape shape) {
    FixedPenalty penalty = new FixedPenalty(shape, 0.7);
    for (double h : new double[] {-0.6, -0.1, 0.2, 1.5}) {
      double difference = (penalty.value(h + 1e-6) - penalty.value(h - 1e-6)) / 2e-6;
      assertThat(penalty.slope(h)).isCloseTo(difference, within(1e-8));
    }
  }

  /** {@code min (x - 2)^2} where {@code x <= 1}: what each shape makes of it. */
  @Test
  void onlyTheWeightDecidesHowFarOverTheLimitItEnds() {
    assertThat(least(new FixedPenalty(FixedPenalty.Shape.LINEAR, 0.1)))
        .isCloseTo(1.95, within(1e-6));
    assertThat(least(new FixedPenalty(FixedPenalty.Shape.HINGE, 9))).isCloseTo(1.1, within(1e-6));
    assertThat(least(new FixedPenalty(FixedPenalty.Shape.ABSOLUTE, 3))).isCloseTo(1, within(1e-3));
  }

  private static double least(FixedPenalty penalty) {
    double x = 0.2;
    for (int i = 0; i < 200_000; i++) {
      x -= 1e-4 * (2 * (x - 2) + penalty.slope(x - 1));
    }
    return x;
  }

  @Test
  void weightsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new FixedPenalty(FixedPenalty.Shape.HINGE, 0))
        .hasMessage("weight must be above 0, got 0.0");
  }
}
