package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.search.retraining.Course;
import org.espalier.search.truth.TruthTable;
import org.junit.jupiter.api.Test;

class WidthStudyTest {
  private static final int NETWORKS = 10;
  private static final long MACS = 1000;
  private static final Course COURSE = new Course(320, 80);
  private static final long ONE = COURSE.work(WidthStudy.truth().training(), MACS);

  /** Equally costly networks; the number of one can be told from its accuracies. */
  private static final TruthTable TABLE =
      new TruthTable(
          IntStream.range(0, NETWORKS)
              .mapToObj(
                  i ->
                      new TruthTable.Row(
                          List.of(i + 1),
                          MACS,
                          10,
                          List.of(0.1 + i / 100.0, 0.3 + i / 100.0, 0.5 + i / 100.0),
                          List.of(0.5, 0.5, 0.5)))
              .toList());

  @Test
  void randomSearchTakesNetworksUntilTheWorkIsUsed() {
    WidthStudy.Prediction exact = WidthStudy.random(TABLE, 1, 4 * ONE, COURSE);
    WidthStudy.Prediction more = WidthStudy.random(TABLE, 1, 4 * ONE + 1, COURSE);

    assertThat(exact.scores()).filteredOn(score -> score > 0).hasSize(4);
    assertThat(exact.work()).isEqualTo(4 * ONE);
    assertThat(more.scores()).filteredOn(score -> score > 0).hasSize(5);
  }

  @Test
  void randomSearchEndsWhenAllNetworksAreTrained() {
    WidthStudy.Prediction all = WidthStudy.random(TABLE, 1, 1000 * ONE, COURSE);

    assertThat(all.work()).isEqualTo(NETWORKS * ONE);
    assertThat(all.scores())
        .containsExactlyElementsOf(
            TABLE.rows().stream().map(row -> row.validation().get(1)).toList());
  }

  @Test
  void randomSearchIsDecidedByItsSeed() {
    WidthStudy.Prediction first = WidthStudy.random(TABLE, 1, 4 * ONE, COURSE);

    assertThat(WidthStudy.random(TABLE, 1, 4 * ONE, COURSE)).isEqualTo(first);
    // Seeds 1 and 4 take the validation accuracies of the same training, in other orders.
    assertThat(WidthStudy.random(TABLE, 4, 4 * ONE, COURSE)).isNotEqualTo(first);
  }
}
