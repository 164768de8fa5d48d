package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.LabelledData;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.search.DataLoader;
import org.espalier.search.finals.Course;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.truth.Agreement;
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
                          List.of(i),
                          "[%s]".formatted(i + 1),
                          MACS,
                          10,
                          List.of(0.1 + i / 100.0, 0.3 + i / 100.0, 0.5 + i / 100.0),
                          List.of(0.5, 0.5, 0.5),
                          ""))
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

  /** Few rounds: at a fifth of the study's work the order of the arms already shows. */
  @Test
  void sharingTellsNetworksApartAndTheTransitionDoesBetterThanNoSharing() {
    TruthTable truth = WidthStudy.table();

    double ordinal = tau(new Sharing.Ordinal(), truth);
    double independent = tau(new Sharing.Independent(), truth);
    double transition = tau(Sharing.Transition.complete(), truth);

    // Seen: 0.83 to 0.85, 0.65 to 0.75 and 0.82 to 0.83.
    assertThat(ordinal).isGreaterThan(0.7);
    assertThat(transition).isGreaterThan(0.7).isGreaterThan(independent);
  }

  private static double tau(Sharing sharing, TruthTable truth) {
    LabelledData data = Datasets.open(new DatasetSettings.Digits(), new Configuration());
    DataLoader loader =
        new DataLoader() {
          @Override
          public <D> D load(String fingerprint, Class<D> type) {
            return type.cast(data);
          }
        };
    try (WarmCache cache = new WarmCache(1)) {
      WidthStudy.Prediction prediction =
          WidthStudy.predict(
              WidthStudy.settings(sharing, 100),
              data.fingerprint(),
              1,
              new PlainWorker(loader, cache, "test"),
              truth);
      return Agreement.kendall(prediction.scores(), truth.means());
    }
  }
}
