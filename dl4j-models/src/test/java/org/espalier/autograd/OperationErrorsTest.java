package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperationErrorsTest {
  private static Variable zeros(Tape tape, int... sizes) {
    Shape shape = Shape.of(sizes);
    return tape.input(shape, new double[(int) shape.size()]);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(t -> Elementwise.add(zeros(t, 2, 3), zeros(t, 3, 2)), "[2, 3] and [3, 2]"),
        mistake(t -> Elementwise.multiply(zeros(t, 2, 3), zeros(t, 2)), "[2, 3] and [2]"),
        mistake(
            t -> Elementwise.multiply(zeros(t, 2, 2, 2, 3), zeros(t, 3, 3)),
            "[2, 2, 2, 3] and [3, 3]"),
        mistake(t -> Elementwise.scale(zeros(t, 2), zeros(t, 2)), "size 1"),
        mistake(t -> Mixtures.weightedSum(List.of(zeros(t, 2)), zeros(t, 2)), "1 parts", "[2]"),
        mistake(t -> Mixtures.weightedSum(List.of(zeros(t, 2), zeros(t, 3)), zeros(t, 2)), "[3]"),
        mistake(
            t -> Matrices.product(zeros(t, 2, 3), true, zeros(t, 3, 2), false),
            "[2, 3] transposed and [3, 2]"),
        mistake(t -> Matrices.product(zeros(t, 2), zeros(t, 2, 2)), "two axes"),
        mistake(t -> Matrices.transpose(zeros(t, 2, 2, 2)), "two axes"),
        mistake(t -> Matrices.reshape(zeros(t, 2, 3), Shape.of(5)), "[2, 3]", "[5]"),
        mistake(t -> Matrices.gatherRows(zeros(t, 2, 3), 0, 2), "index 1", "[0, 2)", "got 2"),
        mistake(t -> Matrices.gatherRows(zeros(t, 2, 3), -1), "index 0", "got -1"),
        mistake(t -> Matrices.linear(zeros(t, 2, 3), zeros(t, 2, 3)), "do not fit"),
        mistake(t -> Matrices.linear(zeros(t, 2, 3), zeros(t, 3, 3, 2, 2)), "[3, 3, 2, 2]"),
        mistake(t -> Matrices.addRow(zeros(t, 2, 3), zeros(t, 2)), "row [2]", "3 channels"),
        mistake(t -> Matrices.addRow(zeros(t, 2, 3), zeros(t, 1, 3)), "row [1, 3]"),
        mistake(t -> normalization(t, 2, 3, 3, 3), "scale [2]", "3 channels of [4, 3]"),
        mistake(t -> normalization(t, 3, 4, 3, 3), "shift [4]"),
        mistake(t -> normalization(t, 3, 3, 1, 3), "running mean [1]"),
        mistake(t -> normalization(t, 3, 3, 3, 2), "running variance [2]"),
        mistake(t -> Normalizations.reference(zeros(t, 4, 3), 0, 1e-5), "4 images", "count 0"),
        mistake(t -> Normalizations.reference(zeros(t, 4, 3), 5, 1e-5), "[4, 3]", "count 5"),
        mistake(t -> Poolings.globalAverage(zeros(t, 2, 3)), "[batch, height, width, channels]"),
        mistake(t -> Channels.concatenate(List.of()), "nothing"),
        mistake(t -> t.constant(row(Precision.FLOAT64, 3)), "FLOAT32", "FLOAT64"),
        mistake(t -> Reductions.sum(zeros(t, 2, 3), 2), "[2, 3]", "axis 2"),
        mistake(t -> Reductions.mean(zeros(t, 2, 3), -3), "axis -3"),
        mistake(t -> Regularizers.dropout(zeros(t, 2), 1, new Random(1)), "[0, 1)", "1.0"),
        mistake(t -> Regularizers.dropPath(zeros(t, 2), Double.NaN, new Random(1)), "NaN"),
        mistake(t -> Losses.distillation(zeros(t, 2, 3), zeros(t, 2, 3), 0), "temperature", "0.0"),
        mistake(t -> Losses.distillation(zeros(t, 2, 3), zeros(t, 3, 3), 1), "[3, 3]"),
        mistake(t -> Losses.meanSquaredError(zeros(t, 2), zeros(t, 3)), "[2] and [3]"),
        mistake(t -> Losses.crossEntropy(zeros(t, 2, 3), new int[] {0}, 0), "1 labels"),
        mistake(t -> Losses.crossEntropy(zeros(t, 1, 3), new int[] {3}, 0), "[0, 3)", "got 3"),
        mistake(t -> Losses.crossEntropy(zeros(t, 1, 3), new int[] {0}, 1), "smoothing", "1.0"),
        mistake(
            t -> Weights.project(zeros(t, 3, 3, 2, 4), zeros(t, 3, 2), zeros(t, 4, 1)),
            "[3, 2]",
            "[3, 3, 2, 4]"),
        mistake(
            t -> Weights.project(zeros(t, 3, 3, 2, 4), zeros(t, 2, 2), zeros(t, 3, 1)), "[3, 1]"),
        mistake(t -> Weights.codebook(zeros(t, 3), new int[] {0, 3}, Shape.of(2)), "index 1"),
        mistake(t -> Weights.codebook(zeros(t, 3), new int[] {0, 1}, Shape.of(3)), "2"),
        mistake(t -> Channels.slice(zeros(t, 2, 3), 1, 4), "[1, 4)"),
        mistake(
            t -> Convolutions.convolution(zeros(t, 1, 4, 4, 3), zeros(t, 3, 3, 2, 5), 1, 1),
            "[3, 3, 2, 5]"),
        mistake(
            t -> Convolutions.depthwise(zeros(t, 1, 4, 4, 3), zeros(t, 3, 3, 3, 2), 1, 1),
            "[3, 3, 3, 2]"));
  }

  private static Variable normalization(Tape tape, int scale, int shift, int mean, int variance) {
    RunningStatistics running =
        new RunningStatistics(row(Precision.FLOAT32, mean), row(Precision.FLOAT32, variance), 0.1);
    return Normalizations.evaluation(
        zeros(tape, 4, 3), zeros(tape, scale), zeros(tape, shift), running, 1e-5);
  }

  private static Tensor row(Precision precision, int size) {
    return Tensor.persistent(precision, Shape.of(size));
  }

  private static Arguments mistake(Function<Tape, Variable> operation, String... fragments) {
    return Arguments.of(operation, fragments);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreNamed(Function<Tape, Variable> operation, String[] fragments) {
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {

      assertThatThrownBy(() -> operation.apply(tape))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(fragments);
    }
  }
}
