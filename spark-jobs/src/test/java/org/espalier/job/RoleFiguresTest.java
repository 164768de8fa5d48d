package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.report.Table;
import org.espalier.search.FoundNetwork;
import org.espalier.storage.Floats;
import org.espalier.training.ConfusionMatrix;
import org.espalier.training.EvaluationResult;
import org.espalier.training.TrainedWeights;
import org.junit.jupiter.api.Test;

class RoleFiguresTest {
  @Test
  void networksOfOneRoleAreARowWithMeanAndDeviation() {
    List<SearchOutcome.Judged> judged =
        List.of(
            judged("found", 0, 4, 0.90, 1_500_000_000),
            judged("found", 1, 4, 0.94, 1_500_000_000),
            judged("found", 2, 4, 0.95, 1_500_000_000),
            judged("uniform widths", 0, 8, 0.50, 0));

    Table table = (Table) RoleFigures.table(judged);

    // Mean 93, squares 9 + 1 + 4, divided by 2, the root of which is 2.6458. One 3x3 convolution of
    // 64 places and a linear layer of 10: 64 * 9 * 4 + 40 MACs.
    assertThat(table.rows().get(0))
        .containsExactly(
            "found",
            "3",
            "93.00 \u00b1 2.65",
            "83.00 \u00b1 2.65",
            "2,344",
            "94",
            "1,500",
            "2,000");
    assertThat(table.rows().get(1))
        .startsWith("uniform widths", "1", "50.00", "40.00", "4,688")
        .endsWith("0", "2,000");
  }

  @Test
  void differentNetworksOfOneRoleShowTheirRange() {
    List<SearchOutcome.Judged> judged =
        List.of(judged("found", 0, 8, 0.9, 0), judged("found", 1, 4, 0.9, 0));

    RoleFigures role = RoleFigures.of(judged).get(0);

    assertThat(role.range(each -> each.found().number())).isEqualTo("0 to 1");
    assertThat(role.testAccuracy()).isEqualTo("90.00 \u00b1 0.00 %");
  }

  private static SearchOutcome.Judged judged(
      String role, int number, int width, double accuracy, long searchWork) {
    NetworkSpec spec = ReadyMade.plain(new ImageShape(8, 8, 1), 10, List.of(width), List.of(1));
    FoundNetwork found =
        new FoundNetwork(
            role,
            number,
            spec,
            Floats.EMPTY,
            Floats.EMPTY,
            accuracy - 0.1,
            new FoundNetwork.Work(searchWork, 2_000_000_000));
    List<List<Integer>> counts = new ArrayList<>();
    counts.add(List.of(1));
    EvaluationResult test =
        new EvaluationResult(100, 1, accuracy, accuracy, 5, new ConfusionMatrix(counts), List.of());
    FinalNetwork network =
        new FinalNetwork(
            spec,
            new TrainedWeights(new float[0], new float[0]),
            Normalization.constant(1, 0, 1),
            255);
    return new SearchOutcome.Judged(found, network, test);
  }
}
