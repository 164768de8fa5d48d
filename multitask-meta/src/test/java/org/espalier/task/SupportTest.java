package org.espalier.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class SupportTest {
  private static final Normalization PLAIN = Normalization.constant(1, 0, 1);

  /** Every pixel of an image is its number; class 2 has three images, the others many. */
  private final ImageDataset data = data();

  @Test
  void noClassHasMoreThanItsShots() {
    Task task = draw(5, IntStream.range(0, 60).toArray());

    assertThat(task.classes()).isEqualTo(3);
    assertThat(Arrays.stream(task.support().labels()).boxed().toList())
        .isEqualTo(List.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2));
    assertThat(task.query()).isSameAs(task.support());
  }

  @Test
  void onlyTheExamplesGivenAreDrawnAndNormalised() {
    Task task = draw(9, 1, 3, 5, 7, 58);

    float[] inputs = task.support().inputs();
    assertThat(task.support().labels()).containsExactly(0, 0, 1, 1, 2);
    assertThat(task.support().inputSize()).isEqualTo(4);
    List<Integer> numbers =
        IntStream.range(0, 5).mapToObj(i -> Math.round(255 * inputs[4 * i])).toList();
    assertThat(numbers).containsExactlyInAnyOrder(1, 3, 5, 7, 58);
    assertThat((double) inputs[16]).isEqualTo(58 / 255.0, within(1e-6));
  }

  @Test
  void everyExampleOfAClassIsDrawnEquallyOften() {
    int[] counts = new int[60];
    for (int seed = 0; seed < 4000; seed++) {
      float[] inputs =
          Support.draw(data, new int[] {57, 58, 59}, PLAIN, 1, Seeds.generator(seed))
              .support()
              .inputs();
      counts[Math.round(255 * inputs[0])]++;
    }

    // Five standard deviations of a share of a third: a false alarm in a million.
    for (int image = 57; image < 60; image++) {
      assertThat(counts[image]).isBetween(1184, 1482);
    }
  }

  private Task draw(int shots, int... examples) {
    return Support.draw(data, examples, PLAIN, shots, Seeds.generator(1));
  }

  private static ImageDataset data() {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(new ImageShape(2, 2, 1), 255, 60);
    for (int image = 0; image < 60; image++) {
      byte[] pixels = new byte[4];
      Arrays.fill(pixels, (byte) image);
      builder.add(image > 56 ? 2 : image / 4 % 2, pixels);
    }
    return builder.build(List.of("a", "b", "c"), 0);
  }
}
