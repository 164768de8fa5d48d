package org.espalier.report.html;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.report.Bars;
import org.espalier.report.CellDrawing;
import org.espalier.report.Chart;
import org.espalier.report.Code;
import org.espalier.report.Confusion;
import org.espalier.report.Downloads;
import org.espalier.report.Drawing;
import org.espalier.report.Figures;
import org.espalier.report.Folded;
import org.espalier.report.ParallelAxes;
import org.espalier.report.Picture;
import org.espalier.report.Pictures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;
import org.espalier.storage.Bytes;

/** A report with one of everything, with a text of the caller's choice wherever text can stand. */
final class SampleReport {
  private SampleReport() {}

  static Report of(String text) {
    List<String> classes = IntStream.range(0, 10).mapToObj(i -> i == 3 ? text : "" + i).toList();
    return new Report(
        text,
        text,
        Optional.of(text),
        List.of(
            new Report.Chapter(
                text,
                List.of(
                    new Figures(
                        List.of(
                            new Figures.Figure(text, "98.6 %", text),
                            new Figures.Figure("Cost", "412,000 MACs", "budget 450,000"),
                            new Figures.Figure("Parameters", "12,345", "49 kB"),
                            new Figures.Figure("Seed", "1", text))),
                    new Text(text))),
            new Report.Chapter("Search", search(text)),
            new Report.Chapter(
                "Test", List.of(new Confusion(text, classes, counts()), pictures(text))),
            new Report.Chapter(
                "Network",
                List.of(
                    new Drawing(text, network()),
                    cell(text),
                    new Table(
                        text,
                        List.of("layer", text, "share"),
                        List.of(List.of("stem", "12,000", "3.1 %"), List.of(text, "1", "96.9 %"))),
                    new Folded(text, List.of(new Text(text), new Code(text, text))),
                    new Downloads(
                        text,
                        List.of(
                            new Downloads.Embedded(
                                "a.csv",
                                text,
                                "text/csv",
                                Bytes.of(text.getBytes(StandardCharsets.UTF_8))),
                            new Downloads.Beside("model/" + text, text)))))));
  }

  /** Two inputs, a node of two operations of which one does not matter, and an output. */
  static CellDrawing cell(String text) {
    return new CellDrawing(
        text,
        List.of(
            new CellDrawing.Node(text, List.of()),
            new CellDrawing.Node("last", List.of()),
            new CellDrawing.Node(
                "sum",
                List.of(
                    new CellDrawing.Edge(0, text, false), new CellDrawing.Edge(1, "zero", true))),
            new CellDrawing.Node(
                "output",
                List.of(new CellDrawing.Edge(1, "", false), new CellDrawing.Edge(2, "", false)))));
  }

  private static List<Section> search(String text) {
    List<Chart.Point> loss = new ArrayList<>();
    List<Chart.Point> cloud = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      loss.add(new Chart.Point(i, 2.3 / i + 0.05));
      cloud.add(new Chart.Point(100_000 + 11_000 * (i % 17), 90 + i % 9));
    }
    loss.add(new Chart.Point(31, Double.NaN));
    return List.of(
        new Chart(text, "epoch", text, List.of(new Chart.Line(text, loss, Chart.Style.CURVE))),
        new Chart(
            "Candidates",
            "MACs",
            "validation accuracy, %",
            List.of(
                new Chart.Line("candidates", cloud, Chart.Style.POINTS),
                new Chart.Line("chosen", cloud.subList(9, 10), Chart.Style.POINTS),
                new Chart.Line(
                    "Pareto front",
                    List.of(new Chart.Point(100_000, 96), new Chart.Point(200_000, 98)),
                    Chart.Style.STEPS)),
            Optional.of(new Chart.Marker(280_000, "budget"))),
        new Chart("Nothing", "x", "y", List.of()),
        new ParallelAxes(
            text,
            List.of("stem", text, "MACs"),
            text,
            List.of(
                new ParallelAxes.Line(text, List.of(4.0, 8.0, 123456.0), 91.25, true),
                new ParallelAxes.Line("b", List.of(8.0, 8.0, 2e6), 90, false))),
        new ParallelAxes("Empty", List.of("a"), "b", List.of()),
        new Chart("Curves", "round", "y", curves(8)),
        widths(text, 7),
        widths("Many layers", 35));
  }

  private static List<Chart.Line> curves(int count) {
    List<Chart.Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(
          new Chart.Line(
              "curve " + i,
              List.of(new Chart.Point(0, i), new Chart.Point(9, 2 * i)),
              Chart.Style.CURVE));
    }
    return lines;
  }

  private static Section widths(String text, int layers) {
    List<Integer> uniform =
        IntStream.range(0, layers).mapToObj(i -> 8 << (3 * i / layers)).toList();
    return new Bars(
        text,
        IntStream.range(0, layers)
            .mapToObj(i -> i == 3 ? text : "block%s/%s".formatted(i / 2, i % 2 + 1))
            .toList(),
        List.of(
            new Bars.Row(
                "found", IntStream.range(0, layers).mapToObj(i -> 4 + 13 * i % 29).toList()),
            new Bars.Row(text, uniform)));
  }

  private static Section pictures(String text) {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      byte[] pixels = new byte[64];
      for (int p = 0; p < 64; p++) {
        pixels[p] = (byte) ((p * (i + 3)) % 17);
      }
      pictures.add(Picture.of(new ImageShape(8, 8, 1), pixels, 16, text));
    }
    return new Pictures(text, pictures);
  }

  private static List<List<Long>> counts() {
    List<List<Long>> counts = new ArrayList<>();
    for (int row = 0; row < 10; row++) {
      int actual = row;
      counts.add(
          IntStream.range(0, 10)
              .mapToObj(column -> column == actual ? 44L : (actual + column) % 7 == 0 ? 2L : 0L)
              .toList());
    }
    return counts;
  }

  private static NetworkSpec network() {
    return ReadyMade.resnet(8, new ImageShape(8, 8, 1), 10, List.of(8, 8, 8, 16, 16, 32, 32));
  }
}
