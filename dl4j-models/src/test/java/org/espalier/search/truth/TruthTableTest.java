package org.espalier.search.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TruthTableTest {
  private static final TruthTable TABLE =
      new TruthTable(
          List.of(
              new TruthTable.Row(
                  List.of(0, 1), "[2, 4]", 100, 10, List.of(0.25, 0.5), List.of(0.5, 0.75), ""),
              new TruthTable.Row(
                  List.of(1, 1),
                  "[4, 4]",
                  200,
                  20,
                  List.of(0.5, 0.5),
                  List.of(0.875, 0.875),
                  "like 1;0")));

  @Test
  void comesBackFromCommaSeparatedValues() {
    assertThat(TruthTable.ofCsv(TABLE.toCsv(), "table")).isEqualTo(TABLE);
  }

  @Test
  void givesMeansAndDeviations() {
    TruthTable.Row row = TABLE.rows().get(0);

    assertThat(TABLE.means()).containsExactly(0.625, 0.875);
    assertThat(row.deviation()).isCloseTo(0.25 / StrictMath.sqrt(2), within(1e-15));
  }

  @Test
  void noiseCeilingIsTheMeanAgreementOfEachSeed() {
    // The first seed's validation accuracies are in the order of the means, the second's are tied.
    assertThat(TABLE.noiseCeiling()).isEqualTo(0.5);
    assertThat(TABLE.best()).isEqualTo(TABLE.rows().get(1));
  }

  @Test
  void damagedLinesAreNamed() {
    String csv = TABLE.toCsv() + "1;0,many,30,0.5,0.5,,\"[8, 4]\"\n";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TruthTable.ofCsv(csv, "truth.csv"))
        .withMessageContaining("truth.csv, line 4")
        .withMessageContaining("1;0,many,30,0.5,0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TruthTable.ofCsv("a,b", "truth.csv"))
        .withMessageContaining("truth.csv, line 1");
  }
}
