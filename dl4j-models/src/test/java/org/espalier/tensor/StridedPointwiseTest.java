package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weight gradients of 1x1 convolutions with a stride, for the few channels with which oneDNN's own
 * way writes beyond its memory: it ends the process then, sooner or later.
 */
class StridedPointwiseTest {
  private static final ConvolutionKernels.Kind KIND =
      new ConvolutionKernels.Kind(new Window(1, 2, 1), false);
  private static final int BATCH = 64;
  private static final int SIDE = 28;
  private static final int HALF = SIDE / 2;
  private static final int OUTPUTS = 6;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 8, 15})
  void theyAreTheSumsOverThePlacesThatAreRead(int inputs) {
    RandomGenerator random = Seeds.generator(1, inputs);
    float[] images = numbers(BATCH * SIDE * SIDE * inputs, random);
    float[] gradient = numbers(BATCH * HALF * HALF * OUTPUTS, random);

    float[] found = new float[0];
    for (int repetition = 0; repetition < 20; repetition++) {
      found = weightGradient(inputs, images, gradient);
    }

    double[] expected = sums(inputs, images, gradient);
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(0.02));
    }
  }

  private static float[] weightGradient(int inputs, float[] images, float[] gradient) {
    try (Tensor read = Tensor.persistent(Precision.FLOAT32, Shape.of(BATCH, SIDE, SIDE, inputs));
        Tensor given = Tensor.persistent(Precision.FLOAT32, Shape.of(BATCH, HALF, HALF, OUTPUTS));
        Tensor target = Tensor.persistent(Precision.FLOAT32, Shape.of(1, 1, inputs, OUTPUTS))) {
      read.set(images);
      given.set(gradient);
      ConvolutionKernels.weightGradient(KIND, read, target, given, target);
      return target.toFloats();
    }
  }

  /** {@code sum over images and places x[2 row, 2 column, i] g[row, column, o]}. */
  private static double[] sums(int inputs, float[] images, float[] gradient) {
    double[] sums = new double[inputs * OUTPUTS];
    for (int place = 0; place < BATCH * HALF * HALF; place++) {
      int image = place / (HALF * HALF);
      int row = place / HALF % HALF;
      int column = place % HALF;
      int from = ((image * SIDE + 2 * row) * SIDE + 2 * column) * inputs;
      for (int i = 0; i < inputs; i++) {
        for (int o = 0; o < OUTPUTS; o++) {
          sums[i * OUTPUTS + o] += (double) images[from + i] * gradient[place * OUTPUTS + o];
        }
      }
    }
    return sums;
  }

  private static float[] numbers(int count, RandomGenerator random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }
}
