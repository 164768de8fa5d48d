package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class ControlVariateTest {
  private static final double[] PLACE = {0.2, 0.7, 0.1};
  private static final float STEP = 0x1p-8f;

  @Test
  void itIsZeroBeforeItIsTrained() {
    ControlVariate fresh = ControlVariate.start(3, 4, Seeds.generator(1));

    assertThat(fresh.at(PLACE).value()).isZero();
    assertThat(fresh.at(PLACE).slope()).containsOnly(0);
  }

  @Test
  void itsSlopeIsTheFiniteDifference() {
    ControlVariate some = some();
    double[] slope = some.at(PLACE).slope();

    for (int i = 0; i < 3; i++) {
      double[] up = PLACE.clone();
      double[] down = PLACE.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      assertThat(slope[i])
          .isCloseTo((some.at(up).value() - some.at(down).value()) / 2e-5, within(1e-8));
    }
  }

  @Test
  void derivativesByItsValuesAreFiniteDifferences() {
    ControlVariate some = some();
    double[] direction = {1, -0.5, 2};
    double[] ofValue = new double[some.values().size()];
    double[] ofSlope = new double[some.values().size()];

    some.at(PLACE).addValueGradient(3, ofValue);
    some.at(PLACE).addSlopeGradient(3, direction, ofSlope);

    for (int i = 0; i < ofValue.length; i++) {
      var up = moved(some, i, STEP).at(PLACE);
      var down = moved(some, i, -STEP).at(PLACE);
      assertThat(ofValue[i]).isCloseTo(3 * (up.value() - down.value()) / (2 * STEP), within(2e-4));
      assertThat(ofSlope[i])
          .isCloseTo(
              3 * (dot(up.slope(), direction) - dot(down.slope(), direction)) / (2 * STEP),
              within(2e-4));
    }
  }

  @Test
  void valuesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new ControlVariate(3, 4, Floats.of(1, 2)))
        .hasMessageContaining("need 21 values, got 2");
  }

  private static ControlVariate moved(ControlVariate from, int index, float by) {
    return new ControlVariate(3, 4, Enumerated.moved(from.values(), index, by));
  }

  /** Values that are exact multiples of the step. */
  static ControlVariate some() {
    RandomGenerator random = Seeds.generator(2);
    float[] values = new float[21];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextInt(512) - 256) * STEP;
    }
    return new ControlVariate(3, 4, Floats.of(values));
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
