package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.LabelledData;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.search.DataLoader;
import org.espalier.search.cell.space.CellFunction;
import org.espalier.search.cell.space.DenseCellSpace;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.space.Space;
import org.espalier.search.truth.BestOfRandom;
import org.espalier.search.truth.TruthTable;
import org.junit.jupiter.api.Test;

class CellStudyTest {
  private static final LabelledData DATA =
      Datasets.open(new DatasetSettings.Digits(), new Configuration());

  @Test
  void theTableHasEveryCellWithWhatItCostsAndWhatItIs() {
    Space space = CellStudy.truth().space().of(DATA.images());
    TruthTable truth = CellStudy.table();

    assertThat(truth.rows()).hasSize(125);
    List<String> known = new ArrayList<>();
    for (int number = 0; number < 125; number++) {
      TruthTable.Row row = truth.rows().get(number);
      assertThat(row.picks()).isEqualTo(space.picks(number));
      assertThat(row.network()).isEqualTo(space.describe(row.picks()));
      assertThat(row.macs())
          .isEqualTo(space.candidate(row.picks()).macs())
          .isLessThanOrEqualTo(CellStudy.BUDGET);
      CellFunction function = CellFunction.of(DenseCellSpace.Cell.SMALL, row.picks());
      assertThat(row.note().equals(TruthTable.Row.CONSTANT)).isEqualTo(function.degenerate());
      assertThat(row.note().isEmpty())
          .isEqualTo(!function.degenerate() && !known.contains(function.expression()));
      known.add(function.expression());
    }
  }

  /** Chance is a tenth; a cell that no image comes through can do no better. */
  @Test
  void constantCellsAreAsGoodAsChance() {
    assertThat(CellStudy.table().rows())
        .filteredOn(row -> row.note().equals(TruthTable.Row.CONSTANT))
        .hasSize(9)
        .allMatch(row -> row.mean() < 0.12);
  }

  /** Three searches as in the study; the best of ten takes more work than one of them. */
  @Test
  void theDefaultSamplerDerivesBetterCellsThanTheBestOfTenAtRandom() {
    TruthTable truth = CellStudy.table();
    double sum = 0;
    for (long seed = 1; seed <= 3; seed++) {
      sum += truth.row(derived(seed).picks()).mean();
    }

    assertThat(sum / 3).isGreaterThan(BestOfRandom.of(truth, 10).mean());
  }

  private static CellStudy.Derived derived(long seed) {
    DataLoader loader =
        new DataLoader() {
          @Override
          public <D> D load(String fingerprint, Class<D> type) {
            return type.cast(DATA);
          }
        };
    try (WarmCache cache = new WarmCache(4)) {
      return CellStudy.derive(
          CellStudy.settings(CellStudy.DEFAULT),
          DATA.fingerprint(),
          seed,
          new PlainWorker(loader, cache, "test"));
    }
  }
}
