package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.cost.Macs;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Parameters;
import org.espalier.search.space.CostModel;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

/** The published figures of NAS-Bench-201. */
class NasBench201Test {
  private static final DenseCellSpace SPACE = NasBench201.space();

  private static List<String[]> rows() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                NasBench201Test.class.getResourceAsStream("nasbench201.tsv"),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> line.startsWith("|")).map(l -> l.split("\t")).toList();
    }
  }

  @Test
  void flopsAndParametersAreThePublishedOnes() throws IOException {
    CostModel flops = NasBench201.publishedFlops();
    CostModel parameters = SPACE.cost(new Parameters());

    assertThat(rows()).hasSize(40);
    for (String[] row : rows()) {
      List<Integer> picks = SPACE.picks(row[0]);
      assertThat(flops.exact(picks)).as(row[0]).isEqualTo(Long.parseLong(row[1]));
      assertThat(parameters.exact(picks)).as(row[0]).isEqualTo(Long.parseLong(row[2]));
      assertThat(SPACE.describe(picks)).isEqualTo(row[0]);
    }
  }

  /** An operation's share: multiply-accumulates, 3 a value of batch norm, 9 a mean. */
  @Test
  void publishedFlopsAreMultiplyAccumulatesAndSmallTerms() {
    CostModel flops = NasBench201.publishedFlops();
    CostModel macs = SPACE.cost(new Macs());
    int values = 5 * (16 * 32 * 32 + 32 * 16 * 16 + 64 * 8 * 8);
    List<Integer> none = Collections.nCopies(6, 0);

    for (int option = 0; option < SPACE.cell().operations().size(); option++) {
      List<Integer> one = new ArrayList<>(none);
      one.set(3, option);
      Operation operation = SPACE.cell().operations().get(option);
      long small =
          operation == Operation.AVG_POOL_3X3
              ? 9L * values
              : operation.effect() == Decision.Effect.LEARNED ? 3L * values : 0;
      assertThat(flops.exact(one) - flops.exact(none))
          .isEqualTo(macs.exact(one) - macs.exact(none) + small);
    }
  }

  @Test
  void networksTakeWhatTheModelsSay() {
    CostModel macs = SPACE.cost(new Macs());
    CostModel parameters = SPACE.cost(new Parameters());

    for (long number : new long[] {0, 6111, 12345, SPACE.size() - 1}) {
      NetworkCost cost = NetworkCost.of(SPACE.network(SPACE.picks(number)));
      assertThat(macs.exact(SPACE.picks(number))).isEqualTo(cost.macs());
      assertThat(parameters.exact(SPACE.picks(number))).isEqualTo(cost.parameters());
    }
  }

  @Test
  void textsThatAreNoCellAreRefused() {
    refused("|none~0|", "has 1 nodes after the input, expected 3");
    refused(
        "|none~0|+|none~0|+|none~0|none~1|none~2|",
        "node 2 of the cell '|none~0|+|none~0|+|none~0|none~1|none~2|' is '|none~0|', expected 2"
            + " times operation~node between bars");
    refused(
        "|none~0|+|none~0|none~0|+|none~0|none~1|none~2|",
        "has the edge 'none~0', expected one of [none, skip_connect, nor_conv_1x1, nor_conv_3x3,"
            + " avg_pool_3x3] before '~1'");
    refused(
        "|zero~0|+|none~0|none~1|+|none~0|none~1|none~2|", "has the edge 'zero~0', expected one");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> SPACE.picks(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }
}
