package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.espalier.report.CellDrawing;
import org.espalier.report.Table;
import org.junit.jupiter.api.Test;

class DrawingsTest {
  @Test
  void aDenseCellShowsEveryEdgeAndWhichDoNotMatter() {
    DenseCellSpace space = TestSpaces.smallCells();

    assertThat(space.drawings("Found", space.picks("|nor_conv_3x3~0|+|skip_connect~0|none~1|")))
        .containsExactly(
            new CellDrawing(
                "Found",
                List.of(
                    new CellDrawing.Node("input", List.of()),
                    new CellDrawing.Node(
                        "node 1", List.of(new CellDrawing.Edge(0, "conv 3\u00d73", true))),
                    new CellDrawing.Node(
                        "output",
                        List.of(
                            new CellDrawing.Edge(0, "skip", false),
                            new CellDrawing.Edge(1, "zero", true))))));
  }

  @Test
  void cellsOfDartsShowTheEdgesThatAreKept() {
    DartsSpace space = TestSpaces.darts();
    List<Integer> picks = Collections.nCopies(space.sizes().size(), 2);

    List<CellDrawing> drawings =
        space.drawings("Found", picks).stream().map(CellDrawing.class::cast).toList();

    assertThat(drawings)
        .extracting(CellDrawing::title)
        .containsExactly("Found: normal cell", "Found: reduction cell");
    // The third pair of three is 1 and 2, that of six and of ten 0 and 3.
    assertThat(drawings.get(0).nodes().subList(2, 7))
        .extracting(node -> node.edges().stream().map(CellDrawing.Edge::from).toList())
        .containsExactly(
            List.of(0, 1), List.of(1, 2), List.of(0, 3), List.of(0, 3), List.of(2, 3, 4, 5));
    assertThat(drawings.get(1).nodes().get(4).edges())
        .containsExactly(
            new CellDrawing.Edge(0, "avg pool 3\u00d73", false),
            new CellDrawing.Edge(3, "avg pool 3\u00d73", false));
  }

  @Test
  void chainsAreTablesOfTheirLayers() {
    MobileChainSpace space = TestSpaces.chain();
    List<Integer> picks = Collections.nCopies(space.sizes().size(), 1);

    Table table = (Table) space.drawings("Found", picks).get(0);

    assertThat(table.rows()).hasSize(5).startsWith(List.of("1", "k3e6", "k3e6", "-", "-"));
  }
}
