package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.espalier.storage.Floats;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static MetaResult.Adapted adapted(int family, int pick, double score) {
    return new MetaResult.Adapted(family, List.of(pick), 1, 1, 0, score, Floats.EMPTY);
  }

  @Test
  void theIntervalIsThatOfTheMean() {
    var tasks = List.of(adapted(0, 0, 0.2), adapted(0, 0, 0.4), adapted(0, 0, 0.6));

    Judgement judgement = Judgement.of(tasks);

    assertThat(judgement.mean()).isCloseTo(0.4, within(1e-12));
    assertThat(judgement.interval()).isCloseTo(1.96 * 0.2 / Math.sqrt(3), within(1e-12));
    assertThat(judgement.text()).isEqualTo("40.00 ± 22.63");
  }

  @Test
  void picksThatTellTheFamilyHaveAllItsInformationAndConstantOnesNone() {
    List<MetaResult.Adapted> telling = new ArrayList<>();
    List<MetaResult.Adapted> constant = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      telling.add(adapted(i % 4, 3 - i % 4, 0));
      constant.add(adapted(i % 4, 1, 0));
    }

    assertThat(Judgement.information(telling, 0)).isCloseTo(2, within(1e-9));
    assertThat(Judgement.information(constant, 0)).isZero();
  }
}
