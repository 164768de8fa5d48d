package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.espalier.search.supernet.SupernetSettings;
import org.junit.jupiter.api.Test;

class AffineSupernetSettingsTest {
  @Test
  void theTransitionLastsFromTheWarmUpToItsEnd() {
    AffineSupernetSettings settings = settings(10, 0.3, 0.8);

    assertThat(settings.training().warmUpRounds()).isEqualTo(3);
    assertThat(settings.transition(0)).isZero();
    assertThat(settings.transition(3)).isZero();
    assertThat(settings.transition(4)).isCloseTo(0.2, within(1e-12));
    assertThat(settings.transition(8)).isEqualTo(1);
    assertThat(settings.transition(9)).isEqualTo(1);
  }

  @Test
  void aTransitionWithoutLengthIsAStepAfterTheWarmUp() {
    AffineSupernetSettings settings = settings(10, 0.5, 0.5);

    assertThat(settings.transition(4)).isZero();
    assertThat(settings.transition(5)).isEqualTo(1);
  }

  @Test
  void aWarmUpOfAllRoundsLeavesNoTransition() {
    AffineSupernetSettings settings = settings(10, 1.0, 1.0);

    assertThat(settings.transition(9)).isZero();
  }

  @Test
  void theLearningRateFallsToAlmostNothing() {
    AffineSupernetSettings settings = settings(10, 0.3, 0.8);

    assertThat(settings.training().learningRate(0)).isEqualTo(settings.training().learningRate());
    assertThat(settings.training().learningRate(5))
        .isCloseTo(settings.training().learningRate() / 2, within(1e-12));
    assertThat(settings.training().learningRate(9))
        .isLessThan(0.03 * settings.training().learningRate());
  }

  @Test
  void valuesOutsideTheirRangeAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(0, 0.3, 0.8))
        .withMessageContaining("rounds must be from 1 to 1000000, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(10, 1.5, 0.8))
        .withMessageContaining("warmUp must be in [0, 1], got 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(10, 0.5, 0.4))
        .withMessageContaining("transitionEnd must be in [warmUp, 1] = [0.5, 1], got 0.4");
  }

  private static AffineSupernetSettings settings(int rounds, double warmUp, double transitionEnd) {
    SupernetSettings training =
        new SupernetSettings(
            rounds, warmUp, null, null, null, null, null, null, null, null, null, null);
    return new AffineSupernetSettings(transitionEnd, training);
  }
}
