package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostMultiplierTest {
  @Test
  void itFindsTheMultiplierOfAConstrainedSquare() {
    // min (x - 2)^2 where x <= 1: x = 1, multiplier 2.
    CostMultiplier multiplier = new CostMultiplier(0, 1, Double.POSITIVE_INFINITY);
    double x = 2;

    for (int i = 0; i < 60; i++) {
      x = (4 - multiplier.value() + multiplier.penalty()) / (2 + multiplier.penalty());
      assertThat(2 * (x - 2) + multiplier.slope(x - 1)).isCloseTo(0, within(1e-12));
      multiplier = multiplier.updated(x - 1);
    }

    assertThat(x).isCloseTo(1, within(1e-6));
    assertThat(multiplier.value()).isCloseTo(2, within(1e-6));
  }

  @Test
  void itDoesNothingWithinTheLimit() {
    CostMultiplier multiplier = new CostMultiplier(0, 1, Double.POSITIVE_INFINITY);

    assertThat(multiplier.slope(-0.3)).isZero();
    assertThat(multiplier.updated(-0.3)).isEqualTo(new CostMultiplier(0, 1, 0));
  }

  @Test
  void thePenaltyGrowsAsLongAsTheExcessDoesNotHalve() {
    CostMultiplier once = new CostMultiplier(0, 1, Double.POSITIVE_INFINITY).updated(0.4);

    assertThat(once.penalty()).isEqualTo(1);
    assertThat(once.updated(0.3).penalty()).isEqualTo(2);
    assertThat(once.updated(0.1).penalty()).isEqualTo(1);
    assertThat(new CostMultiplier(0, 1, 0).updated(0.009).penalty()).isEqualTo(1);
    assertThat(new CostMultiplier(0, 900, 0.4).updated(0.4).penalty()).isEqualTo(1000);
  }
}
