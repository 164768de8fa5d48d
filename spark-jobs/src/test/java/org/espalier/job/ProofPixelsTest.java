package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;
import org.espalier.data.Normalization;
import org.espalier.data.SplitSettings;
import org.espalier.data.format.DatasetSettings;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.training.TrainedWeights;
import org.junit.jupiter.api.Test;

class ProofPixelsTest {
  private static final ImageShape SHAPE = new ImageShape(9, 12, 3);
  private static final int COUNT = 200;

  @Test
  void pixelsOfAPartAreThoseOfItsFirstImages() {
    JobData digits = JobData.open("data", new DatasetSettings.Digits(), SplitSettings.STANDARD);
    ImageDataset images = digits.data().images();

    float[] values = ProofPixels.of(digits.test(), ProofPixels.TEST_PART, 2).values();

    byte[] second = images.image(digits.split().test()[1]);
    assertThat(values).hasSize(2 * second.length);
    assertThat(Arrays.copyOfRange(values, second.length, values.length))
        .containsExactly(floats(second));
  }

  @Test
  void drawnPixelsAreWholeAndInTheRangeOfTheInput() {
    float[] values = drawn(16, 7);

    assertThat(values).hasSize(COUNT * SHAPE.size());
    for (float value : values) {
      assertThat(value).isBetween(0f, 16f).isEqualTo(Math.round(value));
    }
  }

  // Standard errors of mean and deviation are below 0.01 for the patches there are; the bound is
  // five of them.
  @Test
  void drawnPixelsHaveTheMeanAndDeviationOfEachChannel() {
    float[] values = drawn(255, 7);

    for (int channel = 0; channel < 3; channel++) {
      double[] scaled = channel(values, channel);
      double mean = Arrays.stream(scaled).average().orElseThrow();
      double squares =
          Arrays.stream(scaled).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(mean).isCloseTo(network(255).normalization().mean().get(channel), within(0.05));
      assertThat(StrictMath.sqrt(squares))
          .isCloseTo(network(255).normalization().deviation().get(channel), within(0.05));
    }
  }

  @Test
  void drawnImagesGoFromNoiseToOneEvenColour() {
    float[] values = drawn(255, 7);

    // Sides of 1, 2, 4, 8 and 16 pixels on images of 9 x 12.
    assertThat(patches(values, 0)).isEqualTo(9 * 12);
    assertThat(patches(values, 1)).isEqualTo(5 * 6);
    assertThat(patches(values, 2)).isEqualTo(3 * 3);
    assertThat(patches(values, 3)).isEqualTo(2 * 2);
    assertThat(patches(values, 4)).isEqualTo(1);
    assertThat(patches(values, 5)).isEqualTo(9 * 12);
  }

  @Test
  void theSeedDecidesWhatIsDrawn() {
    assertThat(drawn(255, 7)).containsExactly(drawn(255, 7)).isNotEqualTo(drawn(255, 8));
  }

  private static float[] drawn(int maxValue, long seed) {
    return ProofPixels.drawn(network(maxValue), COUNT, seed).values();
  }

  private static FinalNetwork network(int maxValue) {
    return new FinalNetwork(
        Family.PLAIN.build(SHAPE, 10, List.of(2, 2, 2, 2, 2, 2)),
        new TrainedWeights(new float[0], new float[0]),
        new Normalization(List.of(0.5, 0.4, 0.6), List.of(0.2, 0.1, 0.15)),
        maxValue);
  }

  /** Corners of patches: pixels that differ from the one above and the one to the left. */
  private static long patches(float[] values, int image) {
    int from = image * SHAPE.size();
    return IntStream.range(0, SHAPE.height() * SHAPE.width())
        .filter(
            pixel -> {
              int row = pixel / SHAPE.width();
              int column = pixel % SHAPE.width();
              return (row == 0 || differ(values, from, pixel, pixel - SHAPE.width()))
                  && (column == 0 || differ(values, from, pixel, pixel - 1));
            })
        .count();
  }

  // All channels together: equal values of single channels are chance.
  private static boolean differ(float[] values, int from, int one, int other) {
    return !Arrays.equals(
        values, from + 3 * one, from + 3 * one + 3, values, from + 3 * other, from + 3 * other + 3);
  }

  private static double[] channel(float[] values, int channel) {
    return IntStream.range(0, values.length / 3)
        .mapToDouble(i -> values[3 * i + channel] / 255)
        .toArray();
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return floats;
  }
}
