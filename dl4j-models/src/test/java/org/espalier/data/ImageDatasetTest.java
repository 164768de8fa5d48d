package org.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 1);

  @Test
  void imagesComeBackAsTheyWereAdded() {
    byte[] image = {1, 2};
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 200, 1);
    builder.add(5, image);
    image[0] = 9;
    builder.add(6, image);
    builder.add(5, new byte[] {(byte) 200, 0});

    ImageDataset data = builder.build(List.of("a", "b"), 5);

    assertThat(data.size()).isEqualTo(3);
    assertThat(data.image(0)).containsExactly(1, 2);
    assertThat(data.image(1)).containsExactly(9, 2);
    assertThat(data.labels()).containsExactly(0, 1, 0);
    assertThat(data.image(2)).containsExactly(200, 0);
    assertThat(data.classCounts(new int[] {0, 2, 1, 0})).containsExactly(3, 1);
  }

  @Test
  void imagesKeepTheirClassesAmongOthers() {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 255, 2);
    builder.add(0, new byte[] {1, 2});
    builder.add(1, new byte[] {3, 4});
    ImageDataset data = builder.build(List.of("b", "c"), 0);

    ImageDataset among = data.among(List.of("c", "a", "b"));

    assertThat(among.classes()).containsExactly("c", "a", "b");
    assertThat(among.labels()).containsExactly(2, 0);
    assertThat(among.image(1)).containsExactly(3, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.among(List.of("b", "d")))
        .withMessage("there is no class 'c', only b, d");
  }

  @Test
  void whatIsGivenOutCannotChangeTheData() {
    ImageDataset data = Samples.ofValues(9, 4);

    data.labels()[0] = 7;
    data.image(0)[0] = 7;

    assertThat(data.label(0)).isZero();
    assertThat(data.image(0)).containsExactly(4);
    data.forEachPixels(pixels -> assertThat(pixels.isReadOnly()).isTrue());
  }

  @Test
  void theFingerprintTellsEveryPartOfTheData() {
    List<String> fingerprints = new ArrayList<>();
    fingerprints.add(fingerprint(SHAPE, 255, 1, 0, "a", "b"));
    fingerprints.add(fingerprint(new ImageShape(2, 1, 1), 255, 1, 0, "a", "b"));
    fingerprints.add(fingerprint(SHAPE, 254, 1, 0, "a", "b"));
    fingerprints.add(fingerprint(SHAPE, 255, 2, 0, "a", "b"));
    fingerprints.add(fingerprint(SHAPE, 255, 1, 1, "a", "b"));
    fingerprints.add(fingerprint(SHAPE, 255, 1, 0, "a", "c"));
    fingerprints.add(fingerprint(SHAPE, 255, 1, 0, "ab", ""));

    assertThat(fingerprints).doesNotHaveDuplicates().allMatch(f -> f.matches("[0-9a-f]{64}"));
    assertThat(fingerprint(SHAPE, 255, 1, 0, "a", "b")).isEqualTo(fingerprints.get(0));
  }

  @Test
  void manyMoreImagesThanExpectedFit() {
    ImageDataset data = Samples.random(new ImageShape(2, 2, 1), 1000, 3, new SplittableRandom(1));
    ImageDatasetBuilder builder = new ImageDatasetBuilder(data.shape(), 255, 1);
    for (int i = 0; i < data.size(); i++) {
      builder.add(data.label(i), data.image(i));
    }

    assertThat(builder.build(data.classes(), 0).fingerprint()).isEqualTo(data.fingerprint());
  }

  @Test
  void imagesThatPassTheLimitOfTheHeapAreTheSameInAFileThatIsNotLeft(@TempDir Path folder) {
    ImageDataset data = Samples.random(new ImageShape(2, 3, 3), 50, 3, new SplittableRandom(1));
    ImageDatasetBuilder builder =
        new ImageDatasetBuilder(data.shape(), 255, 4, 10 * data.shape().size(), folder);
    for (int i = 0; i < data.size(); i++) {
      builder.add(data.label(i), data.image(i));
    }

    ImageDataset spilled = builder.build(data.classes(), 0);

    assertThat(spilled.fingerprint()).isEqualTo(data.fingerprint());
    assertThat(spilled.image(49)).isEqualTo(data.image(49));
    assertThat(spilled.heapBytes()).isEqualTo(50L * Integer.BYTES);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTemporaryFolderThatCannotTakeThePixelsIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 255, 1, 2, missing);
    builder.add(0, new byte[2]);

    assertThatThrownBy(() -> builder.add(0, new byte[2]))
        .isInstanceOf(DataStorageException.class)
        .hasMessageContainingAll(missing.toString(), "TMPDIR");
  }

  @Test
  void unfitImagesAreRefused() {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 16, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(0, new byte[3]))
        .withMessageContaining("[1, 2, 1] has 2 values, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(0, new byte[] {16, 17}))
        .withMessageContaining("value 17 at position 1, expected 0..16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.build(List.of("a"), 0))
        .withMessageContaining("at least one image");
    builder.add(3, new byte[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.build(List.of("a", "a"), 3))
        .withMessageContaining("must differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.build(List.of("a"), 4))
        .withMessageContaining("image 0 has label 3, expected 4..4");
  }

  private static String fingerprint(
      ImageShape shape, int maxValue, int pixel, int label, String... classes) {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(shape, maxValue, 1);
    builder.add(label, new byte[] {(byte) pixel, 0});
    return builder.build(List.of(classes), 0).fingerprint();
  }
}
