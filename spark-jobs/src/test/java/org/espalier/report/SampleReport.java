package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;

/** A report with one of everything, with a text of the caller's choice wherever text can stand. */
final class SampleReport {
  private SampleReport() {}

  static Report of(String text) {
    List<String> classes = IntStream.range(0, 10).mapToObj(i -> i == 3 ? text : "" + i).toList();
    return new Report(
        text,
        text,
        List.of(
            new Report.Chapter(
                text,
                List.of(
                    new ReportSection.Figures(
                        List.of(
                            new ReportSection.Figure(text, "98.6 %", text),
                            new ReportSection.Figure("Cost", "412,000 MACs", "budget 450,000"),
                            new ReportSection.Figure("Parameters", "12,345", "49 kB"),
                            new ReportSection.Figure("Seed", "1", text))),
                    new ReportSection.Text(text))),
            new Report.Chapter("Search", search(text)),
            new Report.Chapter(
                "Test",
                List.of(new ReportSection.Confusion(text, classes, counts()), pictures(text))),
            new Report.Chapter(
                "Network",
                List.of(
                    new ReportSection.Drawing(text, network()),
                    new ReportSection.Table(
                        text,
                        List.of("layer", text, "share"),
                        List.of(
                            List.of("stem", "12,000", "3.1 %"), List.of(text, "1", "96.9 %")))))));
  }

  private static List<ReportSection> search(String text) {
    List<ReportSection.Point> loss = new ArrayList<>();
    List<ReportSection.Point> cloud = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      loss.add(new ReportSection.Point(i, 2.3 / i + 0.05));
      cloud.add(new ReportSection.Point(100_000 + 11_000 * (i % 17), 90 + i % 9));
    }
    loss.add(new ReportSection.Point(31, Double.NaN));
    return List.of(
        new ReportSection.Series(
            text,
            "epoch",
            text,
            List.of(new ReportSection.Line(text, loss, ReportSection.Style.CURVE))),
        new ReportSection.Series(
            "Candidates",
            "MACs",
            "validation accuracy, %",
            List.of(
                new ReportSection.Line("candidates", cloud, ReportSection.Style.POINTS),
                new ReportSection.Line("chosen", cloud.subList(9, 10), ReportSection.Style.POINTS),
                new ReportSection.Line(
                    "Pareto front",
                    List.of(
                        new ReportSection.Point(100_000, 96), new ReportSection.Point(200_000, 98)),
                    ReportSection.Style.STEPS)),
            OptionalDouble.of(280_000),
            "budget"),
        new ReportSection.Series("Nothing", "x", "y", List.of()),
        new ReportSection.Series("Curves", "round", "y", curves(8)),
        widths(text, 7),
        widths("Many layers", 35));
  }

  private static List<ReportSection.Line> curves(int count) {
    List<ReportSection.Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(
          new ReportSection.Line(
              "curve " + i,
              List.of(new ReportSection.Point(0, i), new ReportSection.Point(9, 2 * i)),
              ReportSection.Style.CURVE));
    }
    return lines;
  }

  private static ReportSection widths(String text, int layers) {
    List<Integer> uniform =
        IntStream.range(0, layers).mapToObj(i -> 8 << (3 * i / layers)).toList();
    return new ReportSection.Bars(
        text,
        IntStream.range(0, layers)
            .mapToObj(i -> i == 3 ? text : "block%d/%d".formatted(i / 2, i % 2 + 1))
            .toList(),
        List.of(
            new ReportSection.Row(
                "found", IntStream.range(0, layers).mapToObj(i -> 4 + 13 * i % 29).toList()),
            new ReportSection.Row(text, uniform)));
  }

  private static ReportSection pictures(String text) {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      byte[] pixels = new byte[64];
      for (int p = 0; p < 64; p++) {
        pixels[p] = (byte) ((p * (i + 3)) % 17);
      }
      pictures.add(Picture.of(new ImageShape(8, 8, 1), pixels, 16, text));
    }
    return new ReportSection.Pictures(text, pictures);
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
