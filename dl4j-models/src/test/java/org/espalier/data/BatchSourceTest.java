package org.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.augment.Augmentation;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.Magnitudes;
import org.espalier.augment.Policy;
import org.espalier.augment.PolicyStep;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;

class BatchSourceTest {
  private static final ImageDataset DATA =
      Samples.random(new ImageShape(5, 4, 2), 50, 3, new SplittableRandom(1));
  private static final Normalization PLAIN = Normalization.constant(2, 0, 1.0 / 255);
  private static final int[] EXAMPLES = IntStream.range(10, 33).toArray();
  private static final Augmentation STRONG = Augmentation.standard(2, true, 2);

  private final BatchSource source = new BatchSource(DATA, EXAMPLES, PLAIN, 5);

  @Test
  void ofLargeImagesFewerAreEvaluatedAtOnce() {
    assertThat(Batch.evaluated(new ImageShape(32, 32, 3), 250)).isEqualTo(250);
    assertThat(Batch.evaluated(new ImageShape(512, 512, 3), 250)).isEqualTo(21);
    assertThat(Batch.evaluated(new ImageShape(9000, 9000, 3), 250)).isEqualTo(1);
  }

  @Test
  void evaluationGivesEveryExampleOnceInOrder() {
    BatchSource.Batches batches = source.inOrder();

    assertThat(batches.size()).isEqualTo(5);
    assertThat(examples(batches)).containsExactly(box(EXAMPLES));
    Batch last = batches.get(4);
    assertThat(last.size()).isEqualTo(3);
    assertThat(last.images()).hasSize(3 * 40);
    for (int i = 0; i < 3; i++) {
      assertThat(last.labels()[i]).isEqualTo(DATA.label(30 + i));
      byte[] image = DATA.image(30 + i);
      for (int p = 0; p < 40; p++) {
        assertThat(last.images()[i * 40 + p]).isEqualTo(Byte.toUnsignedInt(image[p]));
      }
    }
  }

  @Test
  void anEpochGivesEveryExampleOnceInAnotherOrderThanTheNext() {
    List<Integer> first = examples(source.epoch(7, 0, STRONG, LastBatch.KEEP));
    List<Integer> second = examples(source.epoch(7, 1, STRONG, LastBatch.KEEP));

    assertThat(first).containsExactlyInAnyOrder(box(EXAMPLES)).isNotEqualTo(second);
    assertThat(second).containsExactlyInAnyOrder(box(EXAMPLES));
  }

  @Test
  void aBatchIsAFunctionOfSeedEpochAndIndex() {
    BatchSource.Batches batches = source.epoch(7, 3, STRONG, LastBatch.KEEP);
    List<float[]> images = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      images.add(batches.get(i).images().clone());
    }
    BatchSource fresh = new BatchSource(DATA, EXAMPLES, PLAIN, 5);

    BatchSource.Batches again = fresh.epoch(7, 3, STRONG, LastBatch.KEEP);

    for (int i : new int[] {4, 1, 3, 0, 2}) {
      assertThat(again.get(i).images()).isEqualTo(images.get(i));
    }
    assertThat(source.epoch(8, 3, STRONG, LastBatch.KEEP).get(0).images())
        .isNotEqualTo(images.get(0));
  }

  @Test
  void anImageIsChangedBySeedEpochAndExampleWhateverTheBatch() {
    BatchSource ones = new BatchSource(DATA, EXAMPLES, PLAIN, 1);
    float[] inBatches = image(source.epoch(7, 2, STRONG, LastBatch.KEEP), 17);
    float[] alone = image(ones.epoch(7, 2, STRONG, LastBatch.KEEP), 17);

    assertThat(alone).isEqualTo(inBatches);
  }

  @Test
  void operationsOfAPolicyComeBeforeThePlacementAndDoNotMoveIt() {
    List<List<PolicyStep>> twice =
        List.of(
            List.of(
                new PolicyStep(ImageOperation.INVERT, 1.0, 0.0),
                new PolicyStep(ImageOperation.INVERT, 1.0, 0.0)));
    List<List<PolicyStep>> once = List.of(twice.get(0).subList(0, 1));
    float[] plain = image(source.epoch(7, 2, STRONG, LastBatch.KEEP), 17);

    float[] back = image(source.epoch(7, 2, policy(STRONG, twice), LastBatch.KEEP), 17);
    float[] inverted =
        image(source.epoch(7, 2, policy(Augmentation.NONE, once), LastBatch.KEEP), 17);

    assertThat(back).isEqualTo(plain);
    for (int i = 0; i < inverted.length; i++) {
      assertThat(inverted[i]).isEqualTo(255 - Byte.toUnsignedInt(DATA.image(17)[i]));
    }
  }

  @Test
  void whiteIsTheLargestValueOfTheData() {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(new ImageShape(1, 2, 1), 16, 1);
    builder.add(0, new byte[] {0, 16});
    ImageDataset dark = builder.build(List.of("a"), 0);
    Normalization normalization = Normalization.constant(1, 0, 1);
    List<List<PolicyStep>> invert =
        List.of(List.of(new PolicyStep(ImageOperation.INVERT, 1.0, 0.0)));

    float[] images =
        new BatchSource(dark, new int[] {0}, normalization, 1)
            .epoch(1, 0, policy(Augmentation.NONE, invert), LastBatch.KEEP)
            .get(0)
            .images();

    assertThat(images).containsExactly(1, 0);
  }

  private static Augmentation policy(Augmentation rest, List<List<PolicyStep>> subPolicies) {
    return rest.withPolicy(Policy.of(new LearnedPolicy(Magnitudes.AUTO_AUGMENT, subPolicies)));
  }

  @Test
  void theLastSmallerBatchCanBeDropped() {
    BatchSource.Batches batches = source.epoch(7, 0, Augmentation.NONE, LastBatch.DROP);

    assertThat(batches.size()).isEqualTo(4);
    assertThat(examples(batches)).hasSize(20);
    assertThatThrownBy(() -> batches.get(4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("batch 4 of 4");
  }

  @Test
  void aBatchLargerThanTheDataIsOneSmallBatch() {
    BatchSource large = new BatchSource(DATA, EXAMPLES, PLAIN, 1000);

    assertThat(large.inOrder().size()).isEqualTo(1);
    assertThat(large.inOrder().get(0).size()).isEqualTo(23);
    assertThat(large.epoch(1, 0, Augmentation.NONE, LastBatch.DROP).size()).isZero();
  }

  @Test
  void fullBatchesShareTheirMemory() {
    BatchSource.Batches batches = source.inOrder();

    assertThat(batches.get(1).images()).isSameAs(batches.get(0).images());
  }

  @Test
  void orderAndChangesAreIndependentStreams() {
    List<Integer> plain = examples(source.epoch(7, 0, Augmentation.NONE, LastBatch.KEEP));
    List<Integer> changed = examples(source.epoch(7, 0, STRONG, LastBatch.KEEP));

    assertThat(changed).isEqualTo(plain);
  }

  @Test
  void impossibleSourcesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchSource(DATA, new int[0], PLAIN, 5))
        .withMessageContaining("at least one example");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchSource(DATA, EXAMPLES, PLAIN, 0))
        .withMessageContaining("batchSize must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchSource(DATA, new int[] {50}, PLAIN, 1))
        .withMessageContaining("example 50 of a data set of 50");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchSource(DATA, EXAMPLES, Normalization.constant(3, 0, 1), 1))
        .withMessageContaining("3 channels for images [5, 4, 2]");
  }

  private static List<Integer> examples(BatchSource.Batches batches) {
    List<Integer> examples = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      Collections.addAll(examples, box(batches.get(i).examples()));
    }
    return examples;
  }

  private static float[] image(BatchSource.Batches batches, int example) {
    for (int b = 0; b < batches.size(); b++) {
      Batch batch = batches.get(b);
      for (int i = 0; i < batch.size(); i++) {
        if (batch.examples()[i] == example) {
          return Arrays.copyOfRange(batch.images(), i * 40, (i + 1) * 40);
        }
      }
    }
    throw new AssertionError("example " + example + " is in no batch");
  }

  private static Integer[] box(int[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
  }
}
