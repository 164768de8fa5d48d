package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SupernetSettingsTest {
  @Test
  void theTransitionLastsFromTheWarmUpToItsEnd() {
    SupernetSettings settings = settings(10, 0.3, 0.8);

    assertThat(settings.warmUpRounds()).isEqualTo(3);
    assertThat(settings.transition(0)).isZero();
    assertThat(settings.transition(3)).isZero();
    assertThat(settings.transition(4)).isCloseTo(0.2, within(1e-12));
    assertThat(settings.transition(8)).isEqualTo(1);
    assertThat(settings.transition(9)).isEqualTo(1);
  }

  @Test
  void aTransitionWithoutLengthIsAStepAfterTheWarmUp() {
    SupernetSettings settings = settings(10, 0.5, 0.5);

    assertThat(settings.transition(4)).isZero();
    assertThat(settings.transition(5)).isEqualTo(1);
  }

  @Test
  void aWarmUpOfAllRoundsLeavesNoTransition() {
    SupernetSettings settings = settings(10, 1.0, 1.0);

    assertThat(settings.transition(9)).isZero();
  }

  @Test
  void theLearningRateFallsToAlmostNothing() {
    SupernetSettings settings = settings(10, 0.3, 0.8);

    assertThat(settings.learningRate(0)).isEqualTo(settings.learningRate());
    assertThat(settings.learningRate(5)).isCloseTo(settings.learningRate() / 2, within(1e-12));
    assertThat(settings.learningRate(9)).isLessThan(0.03 * settings.learningRate());
  }

  @Test
  void valuesOutsideTheirRangeAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(0, 0.3, 0.8))
        .withMessageContaining("rounds must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(10, 1.5, 0.8))
        .withMessageContaining("warmUp must be in [0, 1], got 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(10, 0.5, 0.4))
        .withMessageContaining("transitionEnd must be in [warmUp, 1] = [0.5, 1], got 0.4");
  }

  private static SupernetSettings settings(int rounds, double warmUp, double transitionEnd) {
    return new SupernetSettings(
        rounds, warmUp, transitionEnd, null, null, null, null, null, null, null, null, null, null);
  }
}
