package org.espalier.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.espalier.cost.LatencyTable;
import org.espalier.network.ImageShape;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.space.Space;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class LatencyCsvTest {
  private static final Space SPACE =
      new CellSpaceSettings.Small().of(new Skeleton(1, 2, new ImageShape(6, 6, 1), 4));
  private static final LatencyPlan PLAN = LatencyPlan.of(SPACE, 0, 0, 1);
  private static final String HEAD =
      "#espalier-latency,1\n#space," + PLAN.space() + "\n#device,phone\n#threads,2\n";
  private static final String ROWS =
      PLAN.needed().stream().map(each -> each + ",2").collect(Collectors.joining("\n", "", "\n"));

  @Test
  void timesFromElsewhereBecomeATable() {
    String first = PLAN.needed().iterator().next();
    String rows = ROWS.replace(first + ",2", first + ",7,6.5,8");

    LatencyTable table = read(HEAD + "operation,microseconds,low,high\n\n" + rows);

    assertThat(table.space()).isEqualTo(PLAN.space());
    assertThat(table.device())
        .isEqualTo(
            new LatencyTable.Device(
                "phone", 2, "unknown runtime", "unknown clock", "unknown date"));
    assertThat(table.operations().keySet()).isEqualTo(PLAN.needed());
    assertThat(table.operations().get(first)).isEqualTo(new LatencyTable.Time(7, 6.5, 8));
    assertThat(table.correction()).isEqualTo(LatencyTable.Correction.NONE);
    assertThat(LatencyTable.fromJson(table.toJson(), "again")).isEqualTo(table);
  }

  @Test
  void wholeNetworksCorrectTheSums() {
    LatencyTable table = read(HEAD + ROWS + "call,1.5\nlearn 4-4-4,40\ncheck 3-4-4,50\n");

    assertThat(table.correction().network()).isEqualTo(1.5);
    assertThat(table.correction().networks()).isEqualTo(1);
    assertThat(table.check()).hasSize(1);
    assertThat(table.check().get(0).network()).isEqualTo(SPACE.describe(List.of(3, 4, 4)));
    assertThat(table.check().get(0).measured()).isEqualTo(50);
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() {
    String relu = "relu 6x6x2 6x6x2";
    refused(HEAD + relu + ",0\n", "phone.csv, line 5: microseconds must be above 0", "'0'");
    refused(HEAD + relu + ",-1\n", "line 5: microseconds must be above 0", "'-1'");
    refused(HEAD + relu + ",NaN\n", "line 5: microseconds must be above 0 and finite", "'NaN'");
    refused(HEAD + relu + ",fast\n", "line 5: microseconds must be a number", "'fast'");
    refused(HEAD + relu + ",1\n" + relu + ",1\n", "line 6: '" + relu + "' has a line already");
    refused(HEAD + relu + "\n", "line 5: expected an operation, microseconds");
    refused(HEAD + relu + ",1,NaN,2\n", "line 5: microseconds must be finite");
    refused(HEAD + "relu 6x6x3 6x6x3,1\n", "line 5: the networks have no operation", relu);
    refused(HEAD + "learn 4-4-5,1\n", "line 5: the networks have no operation 'learn 4-4-5'");
    refused(HEAD.replace("latency,1", "latency,2") + ROWS, "line 1: expected", "latency,1'");
    refused("", "line 1: expected '#espalier-latency,1'");
    refused(
        HEAD.replace("2 channels", "3 channels") + ROWS,
        "was measured for other networks: for small-cell",
        "3 channels");
    refused(HEAD.replaceAll("#space.*\n", "") + ROWS, "there is no line '#space,small-cell");
    refused(HEAD.replace("#threads,2", "#threads,no") + ROWS, "#threads must have a number");
    refused(HEAD + ROWS.replace(relu + ",2\n", ""), "these operations are missing: " + relu);
    refused(HEAD, "these operations are missing: add 3x3x4 3x3x4, ", " more");
  }

  private static LatencyTable read(String text) {
    return LatencyCsv.read(PLAN, text, "phone.csv");
  }

  private static void refused(String text, String... parts) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(parts);
  }
}
