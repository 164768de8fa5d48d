package org.espalier.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassSplitTest {
  @Test
  void thePartsAreDisjointAndHoldEveryClass() {
    ClassSplit split = ClassSplit.deal(242, 0.15, 0.25, 3);

    List<Integer> all = new ArrayList<>(split.train());
    all.addAll(split.validation());
    all.addAll(split.test());
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 242).boxed().toList());
    assertThat(split.validation()).hasSize(36);
    assertThat(split.test()).hasSize(60);
  }

  @Test
  void onlyTheSeedDecides() {
    ClassSplit split = ClassSplit.deal(50, 0.2, 0.2, 3);

    assertThat(ClassSplit.deal(50, 0.2, 0.2, 3)).isEqualTo(split);
    assertThat(ClassSplit.deal(50, 0.2, 0.2, 4)).isNotEqualTo(split);
  }

  @Test
  void everyOrderOfThreeClassesIsEquallyLikely() {
    int[] tests = new int[3];
    int[] validations = new int[3];
    for (int seed = 0; seed < 3000; seed++) {
      ClassSplit split = ClassSplit.deal(3, 0.33, 0.33, seed);
      tests[split.test().get(0)]++;
      validations[split.validation().get(0)]++;
    }

    // Binomial with deviation 25.8: within 6 deviations; the seeds are fixed.
    assertThat(tests).satisfies(counts -> assertNear(counts, 1000, 155));
    assertThat(validations).satisfies(counts -> assertNear(counts, 1000, 155));
  }

  @Test
  void aClassInTwoPartsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassSplit(List.of(1, 2), List.of(3), List.of(2)))
        .withMessage("class 2 is there twice or in two parts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassSplit(List.of(), List.of(3), List.of(2)))
        .withMessage("meta-training needs at least one class");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassSplit(List.of(-1), List.of(), List.of()))
        .withMessage("a label is at least 0, got -1");
  }

  @Test
  void sharesThatLeaveNoClassAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassSplit.deal(10, 0.6, 0.4, 1))
        .withMessageContaining("validationShare=0.6, testShare=0.4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassSplit.deal(2, 0.45, 0.45, 1))
        .withMessageContaining("2 classes leave none for meta-training");
  }

  private static void assertNear(int[] counts, int expected, int tolerance) {
    for (int count : counts) {
      assertThat(count).isBetween(expected - tolerance, expected + tolerance);
    }
  }
}
