package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  @Test
  void offNeverEnds() {
    assertThat(EarlyStopping.off().ends(1_000_000)).isFalse();
  }

  @Test
  void endsAfterPatienceEpochsWithoutABetterOne() {
    EarlyStopping stopping = new EarlyStopping(3, null);

    assertThat(stopping.ends(2)).isFalse();
    assertThat(stopping.ends(3)).isTrue();
  }

  @Test
  void equalAccuracyIsNotBetter() {
    assertThat(new EarlyStopping(1, null).better(0.5, 0.5)).isFalse();
    assertThat(new EarlyStopping(1, null).better(0.501, 0.5)).isTrue();
  }

  @Test
  void betterByLessThanTheDeltaIsNotBetter() {
    EarlyStopping stopping = new EarlyStopping(1, 0.25);

    assertThat(stopping.better(0.75, 0.5)).isFalse();
    assertThat(stopping.better(0.76, 0.5)).isTrue();
  }

  @Test
  void badValuesAreRefusedWithTheirKey() {
    assertThatThrownBy(() -> new EarlyStopping(-1, null))
        .hasMessage("patience must be from 0 to 1000000, got -1");
    assertThatThrownBy(() -> new EarlyStopping(null, Double.NaN))
        .hasMessage("minDelta must be in [0, 1), got NaN");
  }
}
