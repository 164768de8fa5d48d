package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RegularisationTest {
  @Test
  void dropPathRisesFromNothingInTheFirstEpochToItsFactorInTheLast() {
    Regularisation half = new Regularisation(0.0, 0.0, 0.5, 0.0, 0.0);

    assertThat(half.dropPathAt(0, 5)).isZero();
    assertThat(half.dropPathAt(2, 5)).isEqualTo(0.25);
    assertThat(half.dropPathAt(4, 5)).isEqualTo(0.5);
    assertThat(half.dropPathAt(0, 1)).isZero();
  }

  @Test
  void clippingScalesOnlyGradientsThatAreTooLong() {
    Regularisation clipped = new Regularisation(0.0, 0.0, 0.0, 2.0, 0.0);

    assertThat(clipped.clipFactor(2)).isEqualTo(1);
    assertThat(clipped.clipFactor(8)).isEqualTo(0.25);
    assertThat(Regularisation.none().clipFactor(1e9)).isEqualTo(1);
  }

  @Test
  void theAverageForgetsFastAtFirstThenByItsDecay() {
    Regularisation averaged = new Regularisation(0.0, 0.0, 0.0, 0.0, 0.9);

    assertThat(averaged.averageDecayAt(0)).isEqualTo(0.1);
    assertThat(averaged.averageDecayAt(10)).isEqualTo(0.55);
    assertThat(averaged.averageDecayAt(80)).isEqualTo(0.9);
    assertThat(averaged.averageDecayAt(1000)).isEqualTo(0.9);
  }

  @Test
  void badValuesAreRefusedWithTheirKey() {
    assertThatThrownBy(() -> new Regularisation(-1.0, null, null, null, null))
        .hasMessage("weightDecay must be at least 0, got -1.0");
    assertThatThrownBy(() -> new Regularisation(null, 1.0, null, null, null))
        .hasMessage("labelSmoothing must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> new Regularisation(null, null, 1.1, null, null))
        .hasMessage("dropPath must be in [0, 1], got 1.1");
    assertThatThrownBy(() -> new Regularisation(null, null, null, Double.NaN, null))
        .hasMessage("clipNorm must be at least 0, got NaN");
    assertThatThrownBy(() -> new Regularisation(null, null, null, null, 1.0))
        .hasMessage("averageDecay must be in [0, 1), got 1.0");
  }
}
