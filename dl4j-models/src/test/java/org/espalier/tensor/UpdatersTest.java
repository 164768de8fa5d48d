package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdatersTest {
  private static final double RATE = 0.1;
  private static final double DECAY = 0.01;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sgdFollowsItsFormula(boolean nesterov) {
    try (Range range = new Range(Precision.FLOAT32)) {
      Sgd sgd = new Sgd(0.9, nesterov);
      double weight = 1;
      double velocity = 0;
      for (int step = 0; step < 3; step++) {
        range.gradients.fill(0.5 + step);
        sgd.step(range.values, range.gradients, range.first, RATE, DECAY);

        double gradient = 0.5 + step + DECAY * weight;
        velocity = 0.9 * velocity + gradient;
        weight -= RATE * (nesterov ? gradient + 0.9 * velocity : velocity);
      }

      assertThat(range.values.toDoubles()[1]).isCloseTo(weight, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void adamFollowsItsFormula(Precision precision) {
    try (Range range = new Range(precision)) {
      Adam adam = new Adam(0.9, 0.999, 1e-8);
      double weight = 1;
      double first = 0;
      double second = 0;
      for (int step = 0; step < 3; step++) {
        range.gradients.fill(0.5 + step);
        adam.step(
            range.values,
            range.gradients,
            new Adam.Moments(range.first, range.second),
            step,
            RATE,
            DECAY);

        double gradient = 0.5 + step + DECAY * weight;
        first = 0.9 * first + 0.1 * gradient;
        second = 0.999 * second + 0.001 * gradient * gradient;
        double rate =
            RATE * Math.sqrt(1 - Math.pow(0.999, step + 1)) / (1 - Math.pow(0.9, step + 1));
        weight -= rate * first / Math.sqrt(second);
      }

      assertThat(range.values.toDoubles()[1]).isCloseTo(weight, within(1e-4));
    }
  }

  @Test
  void aRangeLeavesTheRestAlone() {
    try (Range range = new Range(Precision.FLOAT32)) {
      range.gradients.fill(1);
      Shape two = Shape.of(2);
      new Sgd(0, false)
          .step(
              range.values.slice(1, two),
              range.gradients.slice(1, two),
              range.first.slice(1, two),
              RATE,
              0);

      assertThat(range.values.toFloats()).containsExactly(1, 0.9f, 0.9f, 1);
    }
  }

  @Test
  void settingsOutOfRangeAreErrors() {
    assertThatThrownBy(() -> new Sgd(1, true)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Adam(0.9, 0.999, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Four weights, all one. */
  private static final class Range implements AutoCloseable {
    private final Tensor values;
    private final Tensor gradients;
    private final Tensor first;
    private final Tensor second;

    Range(Precision precision) {
      Shape four = Shape.of(4);
      values = Tensor.persistent(precision, four);
      gradients = Tensor.persistent(precision, four);
      first = Tensor.persistent(precision, four);
      second = Tensor.persistent(precision, four);
      values.fill(1);
    }

    @Override
    public void close() {
      values.close();
      gradients.close();
      first.close();
      second.close();
    }
  }
}
