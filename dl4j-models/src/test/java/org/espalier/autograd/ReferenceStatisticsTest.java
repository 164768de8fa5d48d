package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceStatisticsTest {
  private static final int BATCH = 7;
  private static final int SIDE = 6;

  /** Channels that fill vectors, that fill them together with other rows, and one. */
  static Stream<Arguments> cases() {
    return Stream.of(Precision.values())
        .flatMap(
            precision -> Stream.of(16, 3, 1).map(channels -> Arguments.of(precision, channels)));
  }

  /** Values and gradients of input, scale and shift. */
  private record Result(List<double[]> numbers) {}

  private interface Norm {
    Variable of(Variable x, Variable scale, Variable shift);
  }

  private static Result run(Precision precision, int channels, double[] images, Norm norm) {
    try (Tape tape = new Tape(Arena.create(precision))) {
      Shape vector = Shape.of(channels);
      Variable x = tape.input(Shape.of(BATCH, SIDE, SIDE, channels), images);
      Variable scale = tape.input(vector, numbers(1, channels));
      Variable shift = tape.input(vector, numbers(2, channels));
      Variable y = norm.of(x, scale, shift).retain();
      tape.backward(Reductions.sum(Elementwise.multiply(y, y)));
      return new Result(
          Stream.of(y.value(), x.gradient(), scale.gradient(), shift.gradient())
              .map(tensor -> tensor.toDoubles())
              .toList());
    }
  }

  private static double[] numbers(long key, int size) {
    return Seeds.generator(3, key).doubles(size, -1, 2).toArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ofAllImagesTheyAreThoseOfTraining(Precision precision, int channels) {
    double[] images = numbers(5, BATCH * SIDE * SIDE * channels);

    Result reference =
        run(
            precision,
            channels,
            images,
            (x, s, t) -> Normalizations.referenceRelu(x, s, t, BATCH, 1e-5));
    Result training =
        run(
            precision,
            channels,
            images,
            (x, s, t) -> Normalizations.trainingRelu(x, s, t, fresh(x), 1e-5));

    for (int i = 0; i < 4; i++) {
      assertThat(reference.numbers().get(i)).isEqualTo(training.numbers().get(i));
    }
  }

  private static RunningStatistics fresh(Variable x) {
    Shape vector = Shape.of(x.shape().channels());
    return new RunningStatistics(x.tape().allocate(vector), x.tape().allocate(vector), 1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void imagesBehindTheFirstChangeNoBitOfOthers(Precision precision, int channels) {
    int image = SIDE * SIDE * channels;
    double[] images = numbers(5, BATCH * image);
    double[] others = images.clone();
    System.arraycopy(numbers(6, 2 * image), 0, others, 5 * image, 2 * image);

    Norm norm = (x, s, t) -> Normalizations.referenceRelu(x, s, t, 3, 1e-5);
    double[] values = run(precision, channels, images, norm).numbers().get(0);
    double[] changed = run(precision, channels, others, norm).numbers().get(0);

    assertThat(Arrays.copyOf(changed, 5 * image)).isEqualTo(Arrays.copyOf(values, 5 * image));
    assertThat(changed).isNotEqualTo(values);
  }
}
