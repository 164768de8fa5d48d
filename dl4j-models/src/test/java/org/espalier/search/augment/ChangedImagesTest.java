package org.espalier.search.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.augment.Augmentation;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.Magnitudes;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class ChangedImagesTest {
  private static final ImageShape SHAPE = new ImageShape(9, 9, 3);
  private static final int IMAGES = 6;
  private static final List<ImageOperation> OPERATIONS =
      List.of(ImageOperation.BRIGHTNESS, ImageOperation.INVERT, ImageOperation.ROTATE);
  private static final PolicyForm FORM = PolicyForm.ofPairs(Magnitudes.AUTO_AUGMENT, OPERATIONS);

  private final ImageDataset data = data();
  private final ChangedImages images =
      new ChangedImages(
          FORM, data, Normalization.constant(3, 0, 1), Augmentation.standard(0, false, 0));
  private final Batch batch = batch();

  private static ImageDataset data() {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 255, IMAGES);
    RandomGenerator random = Seeds.generator(3);
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = new byte[SHAPE.size()];
      for (int p = 0; p < image.length; p++) {
        image[p] = (byte) random.nextInt(120);
      }
      builder.add(i % 2, image);
    }
    return builder.build(List.of("a", "b"), 0);
  }

  private Batch batch() {
    int[] all = IntStream.range(0, IMAGES).toArray();
    return new BatchSource(data, all, Normalization.constant(3, 0, 1), IMAGES).inOrder().get(0);
  }

  /** Each image is given a pair, and which of its operations are applied. */
  private static ChangedImages.Change change(
      List<Integer> draw, List<Double> levels, double spread) {
    return new ChangedImages.Change(List.of(draw, draw, draw), levels, spread, 7);
  }

  private static List<Double> levels(double first) {
    List<Double> levels = new ArrayList<>(Collections.nCopies(FORM.operations(), 0.4));
    levels.set(0, first);
    return levels;
  }

  private float[] rendered(ChangedImages.Change change) {
    images.render(batch, change);
    return batch.images().clone();
  }

  @Test
  void pairsAreNumberedThrough() {
    assertThat(FORM.subPolicies())
        .containsExactly(
            List.of(ImageOperation.BRIGHTNESS, ImageOperation.INVERT),
            List.of(ImageOperation.BRIGHTNESS, ImageOperation.ROTATE),
            List.of(ImageOperation.INVERT, ImageOperation.ROTATE));
    assertThat(IntStream.range(0, FORM.operations()).map(FORM::subPolicy))
        .containsExactly(0, 0, 1, 1, 2, 2);
    assertThat(FORM.choices().sizes()).containsExactly(3, 2, 2, 2, 2, 2, 2);
    assertThat(FORM.choices().idle().apply(List.of(1, 0, 0, 0, 0, 0, 0)))
        .containsExactlyInAnyOrder(1, 2, 5, 6);
  }

  @Test
  void onlyWhatIsAppliedOfTheSubPolicyThatIsTakenChangesImages() {
    float[] plain = rendered(change(List.of(0, 0, 0, 1, 1, 1, 1), levels(0.4), 0));
    float[] inverted = rendered(change(List.of(0, 0, 1, 0, 0, 0, 0), levels(0.4), 0));
    float[] both = rendered(change(List.of(0, 1, 1, 0, 0, 0, 0), levels(0.4), 0));

    byte[] image = new byte[SHAPE.size()];
    for (int i = 0; i < IMAGES; i++) {
      data.read(i, image);
      for (int p = 0; p < image.length; p++) {
        int at = i * image.length + p;
        assertThat(255 * plain[at]).isEqualTo(image[p], within(1e-3f));
        assertThat(inverted[at]).isEqualTo(1 - plain[at], within(1e-5f));
        // A factor of 0.82, whole steps of 255, then inverted.
        assertThat(both[at]).isEqualTo(1 - (int) (0.82f * image[p]) / 255f, within(1.01f / 255));
      }
    }
  }

  /** Of something linear in the pixels the derivative is known: what it is at two levels. */
  @Test
  void slopesOfLinearOperationsAreThoseOfThePixels() {
    List<Integer> draw = List.of(1, 0, 0, 1, 0, 0, 0);
    List<Double> levels = new ArrayList<>(levels(0.4));
    float[] weights = new float[batch.images().length];
    RandomGenerator random = Seeds.generator(5);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    ChangedImages.Rewards linear = rewards(weights);

    double[] sum = new double[FORM.operations()];
    images.addSlopes(batch, change(draw, levels, 0), LevelSlope.EXACT, linear, sum);

    levels.set(2, 0.35);
    double low = dot(weights, rendered(change(draw, levels, 0)));
    levels.set(2, 0.45);
    double high = dot(weights, rendered(change(draw, levels, 0)));
    double perDraw = 3.0 * (high - low) / 0.1;
    assertThat(perDraw).isNotZero();
    assertThat(sum[2]).isEqualTo(perDraw, within(1e-4 * Math.abs(perDraw)));
    sum[2] = 0;
    assertThat(sum).containsOnly(0);
  }

  /** Levels that are drawn around a mean: what grows with them has a positive slope. */
  @Test
  void rewardsSayWhichLevelsAreBetter() {
    List<Integer> draw = List.of(1, 0, 0, 1, 0, 0, 0);
    double[] sum = new double[FORM.operations()];
    for (long seed = 0; seed < 200; seed++) {
      ChangedImages.Change drawn =
          new ChangedImages.Change(List.of(draw, draw, draw), levels(0.4), 1, seed);
      images.render(batch, drawn);
      float[] pixels = batch.images().clone();
      ChangedImages.Rewards brightness =
          new ChangedImages.Rewards() {
            @Override
            public double of(int image) {
              double mean = 0;
              for (int p = 0; p < SHAPE.size(); p++) {
                mean += pixels[image * SHAPE.size() + p] / SHAPE.size();
              }
              return mean;
            }

            @Override
            public double slope(int value) {
              throw new AssertionError("pixels are not asked");
            }
          };
      images.addSlopes(batch, drawn, LevelSlope.SCORE, brightness, sum);
    }
    // Pixels are 0.23 on average, brightness is 0.1 + 1.8 * level: 0.42 a level and draw at first.
    assertThat(sum[2] / 200 / 3).isBetween(0.15, 0.7);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static ChangedImages.Rewards rewards(float[] slopes) {
    return new ChangedImages.Rewards() {
      @Override
      public double of(int image) {
        throw new AssertionError("rewards are not asked");
      }

      @Override
      public double slope(int value) {
        return slopes[value];
      }
    };
  }
}
