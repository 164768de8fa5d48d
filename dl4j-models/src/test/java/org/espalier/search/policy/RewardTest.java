package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RewardTest {
  private static final Reward REWARD = new Reward(-0.1);

  @Test
  void costDoesNotMatterWithinTheLimit() {
    assertThat(REWARD.of(0.8, 0)).isEqualTo(0.8);
    assertThat(REWARD.of(0.8, 0.5)).isEqualTo(0.8);
  }

  @Test
  void itIsContinuousAtTheLimit() {
    double above = REWARD.of(0.8, StrictMath.nextUp(1.0));

    assertThat(REWARD.of(0.8, 1)).isEqualTo(0.8);
    assertThat(above).isCloseTo(0.8, within(1e-15));
  }

  @Test
  void overTheLimitItFallsByThePower() {
    // 2 ** -0.1
    assertThat(REWARD.of(1, 2)).isCloseTo(0.9330329915368074, within(1e-15));
    assertThat(REWARD.of(1, 3)).isLessThan(REWARD.of(1, 2));
  }

  @Test
  void rewardsForBeingOverTheLimitAreRefused() {
    assertThatThrownBy(() -> new Reward(0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("costExponent");
  }

  @Test
  void whatIsNoAccuracyIsRefused() {
    assertThatThrownBy(() -> REWARD.of(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
