package org.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.network.ImageShape;
import org.espalier.storage.Hashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitsTest {
  private static final ImageShape SHAPE = new ImageShape(3, 3, 1);
  private static final LabelledData DATA =
      new LabelledData(Samples.random(SHAPE, 1003, 7, new SplittableRandom(3)), 0);
  private static final LabelledData WITH_TEST = new LabelledData(DATA.images(), 203);

  @ParameterizedTest
  @EnumSource
  void thePartsAreDisjointAndHoldEveryExample(SplitSettings.Dealing method) {
    Split split = Splits.split(DATA, SplitSettings.of(method, 0.2, 0.3, 5L));

    assertThat(all(split)).containsExactlyInAnyOrder(IntStream.range(0, 1003).toArray());
    assertThat(split.officialTest()).isFalse();
  }

  @Test
  void stratifiedPartsHaveTheirShareOfEachClassUpToOne() {
    Split split = Splits.split(DATA, SplitSettings.of(null, 0.1, 0.25, null));

    assertThat(split.test()).hasSize(251);
    assertThat(split.validation()).hasSize(100);
    int[] members = DATA.images().classCounts(DATA.pool());
    int[] test = DATA.images().classCounts(split.test());
    int[] validation = DATA.images().classCounts(split.validation());
    for (int label = 0; label < 7; label++) {
      assertThat(test[label] - 0.25 * members[label]).isBetween(-1.0, 1.0);
      assertThat(validation[label] - 0.1 * members[label]).isBetween(-1.0, 1.0);
    }
  }

  @Test
  void aShareOfTheTrainingPartLeavesTheOtherPartsAsTheyAre() {
    Split split = Splits.split(DATA, SplitSettings.of(null, 0.1, 0.25, null));

    Split some = split.learningFrom(0.25);

    assertThat(some.train()).hasSize(163).isSorted();
    assertThat(split.train()).contains(some.train());
    assertThat(some.train()).isEqualTo(split.learningFrom(0.25).train());
    assertThat(some.validation()).isEqualTo(split.validation());
    assertThat(some.test()).isEqualTo(split.test());
    assertThat(split.learningFrom(1)).isSameAs(split);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> split.learningFrom(0))
        .withMessageContaining("above 0 and at most 1, got 0.0");
  }

  @Test
  void hashedPartsHaveRoughlyTheirShare() {
    Split split = Splits.split(DATA, SplitSettings.of(SplitSettings.Dealing.HASH, 0.2, 0.3, null));

    // Binomial deviations are 14.5 and 12.7; the seed is fixed.
    assertThat(split.test().length).isBetween(301 - 60, 301 + 60);
    assertThat(split.validation().length).isBetween(201 - 60, 201 + 60);
  }

  @ParameterizedTest
  @EnumSource
  void theOfficialTestPartIsTheTestPart(SplitSettings.Dealing method) {
    Split split = Splits.split(WITH_TEST, SplitSettings.of(method, 0.2, 0.3, 5L));

    assertThat(split.test()).containsExactly(IntStream.range(800, 1003).toArray());
    assertThat(split.officialTest()).isTrue();
    assertThat(split.train().length + split.validation().length).isEqualTo(800);
    assertThat(Arrays.stream(split.train()).max().orElseThrow()).isLessThan(800);
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheSeedDecides(SplitSettings.Dealing method) {
    Split first = Splits.split(DATA, SplitSettings.of(method, 0.2, 0.3, 5L));
    Split same = Splits.split(DATA, SplitSettings.of(method, 0.2, 0.3, 5L));
    Split other = Splits.split(DATA, SplitSettings.of(method, 0.2, 0.3, 6L));

    assertThat(same.toJson()).isEqualTo(first.toJson());
    assertThat(other.test()).isNotEqualTo(first.test());
  }

  @Test
  void anImageKeepsItsHashedPartWhenOthersGo() {
    SplitSettings settings = SplitSettings.of(SplitSettings.Dealing.HASH, 0.2, 0.3, null);
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 255, 500);
    for (int i = 0; i < 500; i++) {
      builder.add(DATA.images().label(2 * i), DATA.images().image(2 * i));
    }
    LabelledData half = new LabelledData(builder.build(Samples.names(7), 0), 0);

    Split whole = Splits.split(DATA, settings);
    Split part = Splits.split(half, settings);

    int[] even = Arrays.stream(whole.test()).filter(e -> e % 2 == 0 && e < 1000).toArray();
    assertThat(Arrays.stream(part.test()).map(e -> 2 * e)).containsExactly(box(even));
  }

  @Test
  void equalImagesInTwoPartsAreCounted() {
    ImageDataset values = Samples.ofValues(255, 1, 2, 3, 1, 4, 3, 5, 2, 1);
    LabelledData data = new LabelledData(values, 0);
    Split split = split(data, new int[] {0, 1, 4}, new int[] {2, 3, 6}, new int[] {5, 7, 8});

    // 3 repeats 0; 5 repeats 2 of validation; 7 and 8 repeat 1 and 0.
    assertThat(Splits.duplicatesAcrossParts(data, split)).isEqualTo(4);
  }

  @Test
  void hashedPartsNeverShareAnImage() {
    int[] values = IntStream.range(0, 400).map(i -> i % 150).toArray();
    LabelledData data = new LabelledData(Samples.ofValues(255, values), 0);

    Split split = Splits.split(data, SplitSettings.of(SplitSettings.Dealing.HASH, 0.3, 0.3, null));

    assertThat(split.test()).isNotEmpty();
    assertThat(Splits.duplicatesAcrossParts(data, split)).isZero();
  }

  @Test
  void theOfficialValidationPartIsTheValidationPart() {
    LabelledData data = new LabelledData(DATA.images(), 100, 203);

    Split split = Splits.split(data, SplitSettings.of(null, 0.2, 0.3, 5L));

    assertThat(split.train()).containsExactly(IntStream.range(0, 700).toArray());
    assertThat(split.validation()).containsExactly(IntStream.range(700, 800).toArray());
    assertThat(split.test()).containsExactly(IntStream.range(800, 1003).toArray());
  }

  @Test
  void beforeAnOfficialValidationPartTheTestPartIsDealt() {
    LabelledData data = new LabelledData(DATA.images(), 203, 0);

    Split split = Splits.split(data, SplitSettings.of(null, 0.2, 0.25, 5L));

    assertThat(split.validation()).containsExactly(IntStream.range(800, 1003).toArray());
    assertThat(split.test()).hasSize(200);
    assertThat(split.train()).hasSize(600);
    assertThat(Arrays.stream(split.test()).max().orElseThrow()).isLessThan(800);
  }

  @Test
  void officialPartsAreInTheFingerprintAndNoneLeavesItAsItWas() {
    ImageDataset images = DATA.images();

    assertThat(new LabelledData(images, 0, 203).fingerprint())
        .isEqualTo(WITH_TEST.fingerprint())
        .isEqualTo(Hashes.hex(images.fingerprint() + " 203"));
    assertThat(new LabelledData(images, 100, 103).fingerprint())
        .isNotEqualTo(new LabelledData(images, 103, 100).fingerprint())
        .isNotEqualTo(new LabelledData(images, 103).fingerprint());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aStratifiedSplitLeavesTheSmallestClassAnImageToLearnFrom(int size) {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SHAPE, 255, 100);
    for (int i = 0; i < 24; i++) {
      byte[] image = DATA.images().image(i);
      builder.add(i < size ? 0 : i < 2 * size ? 1 : 2, image);
    }
    LabelledData data = new LabelledData(builder.build(Samples.names(3), 0), 0);

    for (long seed = 1; seed <= 20; seed++) {
      Split split = Splits.split(data, SplitSettings.of(null, 0.4, 0.55, seed));

      assertThat(data.images().classCounts(split.train())).doesNotContain(0);
      assertThat(all(split)).hasSize(24);
    }
  }

  @Test
  void aClassWithoutTrainingExampleIsRefused() {
    LabelledData tiny = new LabelledData(Samples.random(SHAPE, 8, 8, new SplittableRandom(1)), 0);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Splits.split(tiny, SplitSettings.of(SplitSettings.Dealing.HASH, 0.0, 0.5, null)))
        .withMessageMatching("class 'class \\d' has no training example after the split.*");
  }

  @Test
  void aSplitSurvivesJsonAndKnowsItsData() {
    Split split = Splits.split(WITH_TEST, SplitSettings.STANDARD);

    Split read = Split.fromJson(split.toJson());

    assertThat(read.toJson()).isEqualTo(split.toJson());
    assertThat(read.train()).isEqualTo(split.train());
    assertThat(read.settings()).isEqualTo(SplitSettings.STANDARD);
    assertThat(read.of(WITH_TEST)).isSameAs(read);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read.of(DATA))
        .withMessageStartingWith("the data have changed since they were split: ")
        .withMessageContaining("fingerprint then " + WITH_TEST.fingerprint());
  }

  @Test
  void anExampleInTwoPartsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> split(DATA, new int[] {1, 2}, new int[] {3}, new int[] {2}))
        .withMessageContaining("example 2 of test is there twice or in two parts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> split(DATA, new int[0], new int[] {3}, new int[] {2}))
        .withMessageContaining("training part is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> split(DATA, new int[] {5000}, new int[0], new int[0]).of(DATA))
        .withMessageContaining("example 5000 of 1003");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.fromJson("{\"train\": [1]}"))
        .withMessageContaining("not a split");
  }

  @Test
  void sharesThatLeaveNothingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SplitSettings.of(null, 0.5, 0.5, null))
        .withMessageContaining("validationShare + testShare must be below 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SplitSettings.of(null, -0.1, null, null))
        .withMessageContaining("validationShare must be in [0, 1), got -0.1");
  }

  private static Split split(LabelledData data, int[] train, int[] validation, int[] test) {
    return new Split(data.fingerprint(), SplitSettings.STANDARD, false, train, validation, test);
  }

  private static int[] all(Split split) {
    return IntStream.concat(
            IntStream.of(split.train()),
            IntStream.concat(IntStream.of(split.validation()), IntStream.of(split.test())))
        .toArray();
  }

  private static Integer[] box(int[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
  }
}
