package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.storage.Bytes;
import org.junit.jupiter.api.Test;

class SectionTest {
  @Test
  void theParetoFrontHasWhatNothingBeats() {
    List<Chart.Point> cloud =
        List.of(
            new Chart.Point(30, 90),
            new Chart.Point(10, 70),
            new Chart.Point(20, 70),
            new Chart.Point(10, 80),
            new Chart.Point(40, 85),
            new Chart.Point(25, Double.NaN));

    Chart.Line front = Chart.Line.paretoFront(cloud);

    assertThat(front.points()).containsExactly(new Chart.Point(10, 80), new Chart.Point(30, 90));
  }

  @Test
  void aCellWhoseNodesReadLaterOnesIsRefused() {
    CellDrawing.Node input = new CellDrawing.Node("input", List.of());
    CellDrawing.Node itself =
        new CellDrawing.Node("node", List.of(new CellDrawing.Edge(1, "skip", false)));

    assertThatThrownBy(() -> new CellDrawing("c", List.of(input, itself)))
        .hasMessage("'c': node 1 reads node 1, which is not before it");
    assertThatThrownBy(() -> new CellDrawing("c", List.of())).hasMessage("'c' has no nodes");
  }

  @Test
  void aTableWithARaggedRowIsRefused() {
    assertThatThrownBy(() -> new Table("t", List.of("a"), List.of(List.of("1", "2"))))
        .hasMessage("table 't' has 1 columns, but a row has 2 cells");
  }

  @Test
  void aTableCannotHaveMoreNamesThanColumns() {
    assertThatThrownBy(() -> new Table("t", List.of("a"), List.of(), 2))
        .hasMessage("table 't' has 1 columns, but names is 2");
    assertThat(new Table("t", List.of(), List.of()).names()).isZero();
  }

  @Test
  void barsWithoutAValueEachAreRefused() {
    assertThatThrownBy(
            () -> new Bars("t", List.of("a", "b"), List.of(new Bars.Row("r", List.of(1)))))
        .hasMessage("'t' has 2 names, but 'r' has 1 values");
    assertThatThrownBy(() -> new Bars.Row("r", List.of(1, -1)))
        .hasMessage("the values of 'r' must be at least 0, got -1");
  }

  @Test
  void aConfusionMatrixIsSquare() {
    assertThatThrownBy(() -> new Confusion("c", List.of("a", "b"), List.of(List.of(1L, 2L))))
        .hasMessageContaining("a row and a column a class");
  }

  @Test
  void picturesAreEqualIfTheirPixelsAre() {
    ImageShape shape = new ImageShape(1, 2, 1);
    byte[] pixels = {3, 16};

    Picture picture = Picture.of(shape, pixels, 16, "p");
    pixels[0] = 9;

    assertThat(picture).isEqualTo(new Picture(shape, Bytes.of((byte) 47, (byte) 255), "p"));
  }

  @Test
  void aPictureNeedsAValueAPixelAndABrightness() {
    ImageShape shape = new ImageShape(2, 2, 1);

    assertThatThrownBy(() -> Picture.of(shape, new byte[3], 255, "p"))
        .hasMessage("a picture of shape [2, 2, 1] needs 4 pixel values, got 3");
    assertThatThrownBy(() -> Picture.of(shape, new byte[4], 0, "p"))
        .hasMessage("maxValue must be in [1, 255], got 0");
  }

  @Test
  void parallelAxesNeedAValueEach() {
    ParallelAxes.Line line = new ParallelAxes.Line("one", List.of(1.0), 2, false);

    assertThatThrownBy(() -> new ParallelAxes("p", List.of("a", "b"), "m", List.of(line)))
        .hasMessage("'p' has 2 axes, but 'one' has 1 values");
    assertThatThrownBy(() -> new ParallelAxes("p", List.of(), "m", List.of()))
        .hasMessage("'p' needs at least one axis");
  }
}
