package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Means over maps of equal values, whose sums are rounded the same way again and again. */
class GlobalAverageTest {
  private static final int BATCH = 3;

  @ParameterizedTest
  @CsvSource({"1, 1, 4", "16, 16, 3", "17, 16, 3", "128, 128, 2", "97, 301, 5", "300, 100, 9"})
  void meansOfEvenMapsAreExactToAHundredThousandth(int height, int width, int channels) {
    Shape shape = Shape.of(BATCH, height, width, channels);
    float[] even = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < even.length; i++) {
      even[i] = value(i / (height * width * channels), i % channels);
    }

    float[] means = means(shape, even);

    assertThat(means).hasSize(BATCH * channels);
    for (int i = 0; i < means.length; i++) {
      float expected = value(i / channels, i % channels);
      assertThat(means[i]).isCloseTo(expected, within(1e-5f * expected));
    }
  }

  private static float value(int image, int channel) {
    return 0.1f + 0.37f * image + 0.053f * channel;
  }

  private static float[] means(Shape shape, float[] values) {
    try (Tensor images = Tensor.persistent(Precision.FLOAT32, shape);
        Tensor output = Tensor.persistent(Precision.FLOAT32, Shape.of(BATCH, shape.channels()))) {
      images.set(values);
      PoolingKernels.globalAverage(images, output);
      return output.toFloats();
    }
  }
}
