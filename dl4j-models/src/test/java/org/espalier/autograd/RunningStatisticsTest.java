package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunningStatisticsTest {

  @ParameterizedTest
  @EnumSource
  void trainingMovesThemTowardsMeanAndUnbiasedVariance(Precision precision) {
    try (Tape tape = new Tape(Arena.create(precision));
        Tensor mean = Tensor.persistent(precision, Shape.of(2));
        Tensor variance = Tensor.persistent(precision, Shape.of(2))) {
      mean.set(new double[] {1, -1});
      variance.set(new double[] {2, 4});
      Variable x = tape.input(Shape.of(2, 1, 2, 2), new double[] {1, 0, 2, 0, 3, 0, 6, 8});

      Normalizations.training(x, new RunningStatistics(mean, variance, 0.25), 1e-5);

      // Channel means 3 and 2; squared deviations sum to 14 and 48, over 4 - 1.
      assertThat(mean.toDoubles()).containsExactly(new double[] {1.5, -0.25}, within(1e-6));
      assertThat(variance.toDoubles())
          .containsExactly(new double[] {1.5 + 14 / 12.0, 3 + 4}, within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSinglePlaceHasNoVariance(Precision precision) {
    try (Tape tape = new Tape(Arena.create(precision));
        Tensor mean = Tensor.persistent(precision, Shape.of(1));
        Tensor variance = Tensor.persistent(precision, Shape.of(1))) {
      variance.fill(1);
      Variable x = tape.input(Shape.of(1, 1, 1, 1), new double[] {5});

      Variable result = Normalizations.training(x, new RunningStatistics(mean, variance, 0.5), 1);

      assertThat(result.value().item()).isEqualTo(0);
      assertThat(mean.item()).isEqualTo(2.5);
      assertThat(variance.item()).isEqualTo(0.5);
    }
  }

  @Test
  void aShareOfOneOverCountAverages() {
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT64));
        Tensor mean = Tensor.persistent(Precision.FLOAT64, Shape.of(1));
        Tensor variance = Tensor.persistent(Precision.FLOAT64, Shape.of(1))) {
      double[] batchMeans = {2, -1, 5};
      for (int k = 1; k <= 3; k++) {
        double middle = batchMeans[k - 1];
        Variable x = tape.input(Shape.of(2, 1), new double[] {middle - k, middle + k});
        Normalizations.training(x, new RunningStatistics(mean, variance, 1.0 / k), 1e-5);
      }

      assertThat(mean.item()).isCloseTo(2, within(1e-12));
      assertThat(variance.item()).isCloseTo(2 * (1 + 4 + 9) / 3.0, within(1e-12));
    }
  }

  @Test
  void evaluationLeavesThemAlone() {
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32));
        Tensor mean = Tensor.persistent(Precision.FLOAT32, Shape.of(1));
        Tensor variance = Tensor.persistent(Precision.FLOAT32, Shape.of(1))) {
      mean.fill(1);
      variance.fill(4);
      Variable x = tape.input(Shape.of(2, 1), new double[] {1, 5});

      Variable result =
          Normalizations.evaluation(x, new RunningStatistics(mean, variance, 0.5), 1e-9);

      assertThat(result.value().toDoubles()).containsExactly(new double[] {0, 2}, within(1e-6));
      assertThat(mean.item()).isEqualTo(1);
      assertThat(variance.item()).isEqualTo(4);
    }
  }

  @Test
  void momentumIsAShare() {
    try (Tensor any = Tensor.persistent(Precision.FLOAT32, Shape.of(1))) {
      assertThatThrownBy(() -> new RunningStatistics(any, any, 1.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1.5");
    }
  }
}
