package org.espalier.autograd;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationGradientTest {
  private static final double EPSILON = 1e-3;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 5, 3, 2, 3", "3, 1, 1, 5, 4, 2, 3", "3, 2, 1, 5, 4, 1, 2", "3, 1, 2, 5, 4, 2, 1",
    "5, 1, 1, 4, 5, 1, 2", "5, 2, 2, 7, 6, 2, 2", "3, 1, 1, 1, 1, 1, 1", "7, 2, 1, 5, 4, 2, 1",
    "1, 2, 1, 5, 4, 3, 2"
  })
  void convolution(int kernel, int stride, int dilation, int height, int width, int in, int out) {
    GradientCheck.of(Shape.of(2, height, width, in), Shape.of(kernel, kernel, in, out))
        .passes(v -> Convolutions.convolution(v.get(0), v.get(1), stride, dilation));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 5, 3, 2", "3, 1, 1, 5, 4, 3", "3, 2, 1, 5, 4, 1", "3, 1, 2, 5, 4, 2",
    "5, 1, 1, 4, 5, 2", "5, 1, 2, 6, 5, 1", "5, 2, 2, 7, 6, 2", "3, 1, 1, 1, 1, 1"
  })
  void depthwise(int kernel, int stride, int dilation, int height, int width, int channels) {
    GradientCheck.of(Shape.of(2, height, width, channels), Shape.of(kernel, kernel, channels, 1))
        .passes(v -> Convolutions.depthwise(v.get(0), v.get(1), stride, dilation));
  }

  @ParameterizedTest
  @CsvSource({"2, 3, 2, 4", "1, 5, 5, 1", "7, 1, 1, 3", "2, 2, 3, 16"})
  void batchNormalization(int batch, int height, int width, int channels) {
    Shape perChannel = Shape.of(channels);
    Shape shape = Shape.of(batch, height, width, channels);
    try (Statistics statistics = new Statistics(channels)) {
      var check = GradientCheck.of(shape, perChannel, perChannel);

      check.passes(
          v -> Normalizations.training(v.get(0), v.get(1), v.get(2), statistics.on(v), EPSILON));
      check.passes(
          v ->
              Normalizations.trainingRelu(v.get(0), v.get(1), v.get(2), statistics.on(v), EPSILON));
      check.passes(
          v -> Normalizations.evaluation(v.get(0), v.get(1), v.get(2), statistics.on(v), EPSILON));
      check.passes(
          v ->
              Normalizations.evaluationRelu(
                  v.get(0), v.get(1), v.get(2), statistics.on(v), EPSILON));
      GradientCheck.of(shape)
          .passes(v -> Normalizations.training(v.get(0), statistics.on(v), EPSILON));
      GradientCheck.of(shape)
          .passes(v -> Normalizations.evaluation(v.get(0), statistics.on(v), EPSILON));
    }
  }

  /** Running statistics that stay, in both precisions. */
  private static final class Statistics implements AutoCloseable {
    private final Map<Precision, RunningStatistics> running = new EnumMap<>(Precision.class);

    Statistics(int channels) {
      for (Precision precision : Precision.values()) {
        Tensor mean = Tensor.persistent(precision, Shape.of(channels));
        Tensor variance = Tensor.persistent(precision, Shape.of(channels));
        mean.fill(0.1);
        variance.fill(0.3);
        running.put(precision, new RunningStatistics(mean, variance, 0));
      }
    }

    RunningStatistics on(List<Variable> inputs) {
      return running.get(inputs.get(0).tape().arena().precision());
    }

    @Override
    public void close() {
      running.values().forEach(statistics -> statistics.mean().close());
      running.values().forEach(statistics -> statistics.variance().close());
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 5, 4, 2", "3, 2, 5, 4, 1", "2, 2, 5, 4, 3", "2, 1, 3, 3, 1", "3, 1, 1, 1, 2"})
  void pooling(int kernel, int stride, int height, int width, int channels) {
    var check = GradientCheck.of(Shape.of(2, height, width, channels));

    check.passes(v -> Poolings.average(v.get(0), kernel, stride));
    check.passes(v -> Poolings.max(v.get(0), kernel, stride));
  }

  @Test
  void globalAverage() {
    GradientCheck.of(Shape.of(2, 3, 5, 4)).passes(v -> Poolings.globalAverage(v.get(0)));
    GradientCheck.of(Shape.of(1, 1, 1, 1)).passes(v -> Poolings.globalAverage(v.get(0)));
  }

  @Test
  void reluLinearAndLoss() {
    GradientCheck.of(Shape.of(3, 4)).passes(v -> Activations.relu(v.get(0)));
    GradientCheck.of(Shape.of(3, 4), Shape.of(4, 5), Shape.of(5))
        .passes(v -> Matrices.linear(v.get(0), v.get(1), v.get(2)));
    GradientCheck.of(Shape.of(3, 4))
        .passes(v -> Losses.crossEntropy(v.get(0), new int[] {1, 3, 0}, 0.1));
  }

  @Test
  void arithmetic() {
    GradientCheck.of(Shape.of(2, 3), Shape.of(2, 3))
        .passes(v -> Elementwise.add(v.get(0), v.get(1)));
    GradientCheck.of(Shape.of(2, 3)).passes(v -> Elementwise.add(v.get(0), v.get(0)));
    GradientCheck.of(Shape.of(2, 3)).passes(v -> Elementwise.scale(v.get(0), -1.5));
    GradientCheck.of(Shape.of(2, 3), Shape.of(1))
        .passes(v -> Elementwise.scale(v.get(0), v.get(1)));
  }

  @Test
  void channels() {
    GradientCheck.of(Shape.of(2, 1, 2, 3), Shape.of(2, 1, 2, 1))
        .passes(v -> Channels.concatenate(List.of(v.get(0), v.get(1), v.get(0))));
    GradientCheck.of(Shape.of(2, 1, 2, 5)).passes(v -> Channels.slice(v.get(0), 1, 4));
  }
}
