package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code espalier bench meta-truth} learns, after a twentieth of its rounds. */
class MetaStudyTest {
  @Test
  void theFunctionOfAFamilyFitsItBestAmongAllThatWereLearned() {
    List<MetaStudy.Family> families = MetaStudy.run(1, MetaStudy.ROUNDS / 20);

    assertThat(families)
        .extracting(MetaStudy.Family::function)
        .containsExactly("sine", "identity", "square");
    for (MetaStudy.Family family : families) {
      int best = family.scores().indexOf(Collections.max(family.scores()));
      assertThat(MetaStudy.functions().get(best)).as(family.name()).isEqualTo(family.function());
    }
  }
}
