package org.espalier.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.espalier.config.SettingsWriter;
import org.espalier.cost.NetworkCost;
import org.espalier.report.HtmlReport;
import org.espalier.report.Report;
import org.espalier.report.ReportSection;
import org.espalier.run.RunResult;
import org.espalier.search.Measure;
import org.espalier.search.SearchResult;
import org.espalier.training.EvaluationResult;

/**
 * What a search came to.
 *
 * @param settings of the job
 * @param command as the person called it
 * @param data it learned from
 * @param found what the search says
 * @param judged the trained networks with their test figures, the found one first
 * @param exported files and proofs of the found one
 */
record SearchOutcome(
    SearchSettings settings,
    String command,
    JobData data,
    SearchJob.Found found,
    List<Judged> judged,
    ModelFiles.Exported exported) {

  /**
   * A final network.
   *
   * @param role what it is in the search
   * @param network itself
   * @param measures what the search knows of it
   * @param test how good it is
   */
  record Judged(String role, FinalNetwork network, List<Measure> measures, EvaluationResult test) {}

  RunResult toRunResult(Duration wall, double cpuSeconds) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("command", command);
    outcome.put("seed", settings.seed());
    outcome.put("data", data.data().fingerprint());
    outcome.put("split", data.splitFingerprint());
    outcome.put("platform", found.platform());
    outcome.put("networks", judged.stream().map(SearchOutcome::toMap).toList());
    Map<String, Object> circumstances = Outcomes.circumstances(wall, exported.proofs());
    circumstances.put("cpuSecondsOfExecutors", cpuSeconds);
    return new RunResult(outcome, circumstances);
  }

  private static Map<String, Object> toMap(Judged judged) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", judged.role());
    map.putAll(Outcomes.network(judged.network(), judged.test()));
    Map<String, Double> measures = new TreeMap<>();
    judged.measures().forEach(measure -> measures.put(measure.name(), measure.value()));
    map.put("measures", measures);
    return map;
  }

  JobSummary summary() {
    List<String> lines = new ArrayList<>();
    for (Judged each : judged) {
      NetworkCost cost = NetworkCost.of(each.network().spec());
      lines.add(
          "%s: test accuracy %s on %s images, %s MACs, %s parameters; budget %s"
              .formatted(
                  each.role(),
                  Amounts.percent(each.test().accuracy()),
                  Amounts.count(each.test().examples()),
                  Amounts.count(cost.macs()),
                  Amounts.count(cost.parameters()),
                  settings.randomWidths().budget().describe()));
    }
    lines.add(Outcomes.proved(exported.proofs()));
    return new JobSummary(lines);
  }

  String report(double cpuSeconds) {
    Judged best = judged.get(0);
    NetworkCost cost = NetworkCost.of(best.network().spec());
    return HtmlReport.render(
        new Report(
            "Random width search on " + Outcomes.dataName(settings.data()),
            ("The network found recognises %s of the test images with %s multiply-accumulates an"
                    + " image.")
                .formatted(Amounts.percent(best.test().accuracy()), Amounts.count(cost.macs())),
            List.of(
                new Report.Chapter("Result", List.of(figures(best, cost), comparison())),
                new Report.Chapter("Search", search(cpuSeconds)),
                ReportParts.test(best.test(), data.data().images()),
                ReportParts.network(best.network().spec()),
                ReportParts.exports(exported.proofs()),
                ReportParts.origin(data, command, SettingsWriter.toYaml(settings)))));
  }

  private ReportSection figures(Judged best, NetworkCost cost) {
    return new ReportSection.Figures(
        List.of(
            new ReportSection.Figure(
                "Test accuracy",
                Amounts.percent(best.test().accuracy()),
                Amounts.count(best.test().examples()) + " images"),
            new ReportSection.Figure(
                "MACs",
                Amounts.count(cost.macs()),
                "budget " + settings.randomWidths().budget().describe()),
            new ReportSection.Figure(
                "Parameters", Amounts.count(cost.parameters()), Amounts.bytes(cost.bytes())),
            new ReportSection.Figure(
                "Candidates",
                settings.randomWidths().candidates().toString(),
                "trained for %d epochs each".formatted(settings.randomWidths().trial().epochs())),
            new ReportSection.Figure(
                "Seed", settings.seed().toString(), "the same bits every time")));
  }

  private OptionalDouble budget() {
    OptionalLong macs = settings.randomWidths().budget().mostMacs();
    return macs.isPresent() ? OptionalDouble.of((double) macs.getAsLong()) : OptionalDouble.empty();
  }

  private ReportSection comparison() {
    List<List<String>> rows = new ArrayList<>();
    for (Judged each : judged) {
      NetworkCost cost = NetworkCost.of(each.network().spec());
      rows.add(
          List.of(
              each.role(),
              Amounts.count(cost.macs()),
              Amounts.count(cost.parameters()),
              validation(each),
              Amounts.percent(each.test().accuracy())));
    }
    return new ReportSection.Table(
        "With and without search: same budget, same training, same data",
        List.of("network", "MACs", "parameters", "validation accuracy", "test accuracy"),
        rows);
  }

  private static String validation(Judged judged) {
    return judged.measures().stream()
        .filter(measure -> measure.name().startsWith("validation accuracy"))
        .map(measure -> String.format(Locale.ROOT, "%.2f %%", measure.value()))
        .findFirst()
        .orElse("-");
  }

  private List<ReportSection> search(double cpuSeconds) {
    List<ReportSection> sections = new ArrayList<>();
    sections.add(
        new ReportSection.Text(
            String.format(
                Locale.ROOT,
                "Search and retraining took %.0f CPU seconds on executors. Every network above was"
                    + " trained for as many epochs; the search came on top for the one found, and"
                    + " its planned work is counted below.",
                cpuSeconds)));
    for (SearchResult.Series series : found.result().series()) {
      boolean cost = series.x().equals("MACs");
      sections.add(
          new ReportSection.Series(
              series.title(),
              series.x(),
              series.y(),
              lines(series, cost),
              cost ? budget() : OptionalDouble.empty(),
              "budget"));
    }
    for (SearchResult.Table table : found.result().tables()) {
      sections.add(new ReportSection.Table(table.title(), table.columns(), grouped(table)));
    }
    return sections;
  }

  private List<ReportSection.Line> lines(SearchResult.Series series, boolean markChosen) {
    List<ReportSection.Point> points =
        series.points().stream()
            .map(point -> new ReportSection.Point(point.x(), point.y()))
            .toList();
    List<ReportSection.Line> lines = new ArrayList<>();
    lines.add(
        new ReportSection.Line(series.title().toLowerCase(Locale.ROOT), points, series.line()));
    if (markChosen) {
      long macs = NetworkCost.of(found.result().networks().get(0).spec()).macs();
      points.stream()
          .filter(point -> point.x() == macs)
          .max(Comparator.comparingDouble(ReportSection.Point::y))
          .ifPresent(point -> lines.add(new ReportSection.Line("chosen", List.of(point), false)));
    }
    return lines;
  }

  private static List<List<String>> grouped(SearchResult.Table table) {
    return table.rows().stream()
        .map(
            row ->
                row.stream()
                    .map(
                        cell ->
                            cell.matches("[0-9]{4,18}")
                                ? Amounts.count(Long.parseLong(cell))
                                : cell)
                    .toList())
        .toList();
  }
}
