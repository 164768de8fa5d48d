package org.espalier.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.config.SettingsWriter;
import org.espalier.cost.Budget;
import org.espalier.cost.Limit;
import org.espalier.cost.Macs;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Parameters;
import org.espalier.cost.Resource;
import org.espalier.report.Figures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Text;
import org.espalier.report.html.HtmlReport;
import org.espalier.run.RunResult;
import org.espalier.search.FoundNetwork;
import org.espalier.training.EvaluationResult;

/**
 * What a search came to.
 *
 * @param settings of the job
 * @param command as the person called it
 * @param data it learned from
 * @param found what the search says
 * @param judged the trained networks with their test figures, the found ones first
 * @param best the one of them to use
 * @param exported files and proofs of the one to use
 */
record SearchOutcome(
    SearchSettings settings,
    String command,
    JobData data,
    SearchJob.Found found,
    List<Judged> judged,
    Judged best,
    ModelFiles.Exported exported) {

  /**
   * A final network.
   *
   * @param found what the search says of it
   * @param network itself
   * @param test how good it is
   */
  record Judged(FoundNetwork found, FinalNetwork network, EvaluationResult test) {}

  RunResult toRunResult(Duration wall, RoundTimes times) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("command", command);
    outcome.put("method", settings.method().method().key());
    outcome.put("seed", settings.seed());
    outcome.put("data", data.data().fingerprint());
    outcome.put("split", data.splitFingerprint());
    outcome.put("platform", found.platform());
    outcome.put("state", found.state());
    outcome.put("exported", judged.indexOf(best));
    outcome.put("networks", judged.stream().map(SearchOutcome::toMap).toList());
    Map<String, Object> circumstances = Outcomes.circumstances(wall, exported.proofs());
    circumstances.putAll(times.toMap());
    return new RunResult(outcome, circumstances);
  }

  private static Map<String, Object> toMap(Judged judged) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", judged.found().role());
    map.put("number", judged.found().number());
    map.putAll(Outcomes.network(judged.network(), judged.test()));
    map.put("validationAccuracyPercent", 100 * judged.found().validationAccuracy());
    map.put("plannedSearchMacs", judged.found().work().search());
    map.put("plannedTrainingMacs", judged.found().work().training());
    return map;
  }

  JobSummary summary(RoundTimes times) {
    List<String> lines = new ArrayList<>();
    for (RoleFigures role : RoleFigures.of(judged)) {
      lines.add(
          "%s: test accuracy %s on %s images%s, %s MACs, %s parameters"
              .formatted(
                  role.role(),
                  role.testAccuracy(),
                  Amounts.count(best.test().examples()),
                  role.networks().size() == 1
                      ? ""
                      : " (%d seeds)".formatted(role.networks().size()),
                  role.range(each -> NetworkCost.of(each.network().spec()).macs()),
                  role.range(each -> NetworkCost.of(each.network().spec()).parameters())));
    }
    lines.add(Outcomes.proved(exported.proofs()));
    lines.add(times.describe());
    return new JobSummary(lines);
  }

  String report(RoundTimes times) {
    NetworkCost cost = NetworkCost.of(best.network().spec());
    return HtmlReport.render(
        new Report(
            "%s on %s"
                .formatted(settings.method().method().title(), Outcomes.dataName(settings.data())),
            ("The network found recognises %s of the test images with %s multiply-accumulates an"
                    + " image.")
                .formatted(Amounts.percent(best.test().accuracy()), Amounts.count(cost.macs())),
            List.of(
                new Report.Chapter("Result", result(cost, times)),
                new Report.Chapter("Search", found.result().sections()),
                ReportParts.test(best.test(), data.data().images()),
                ReportParts.network(best.network().spec()),
                ReportParts.exports(exported.proofs()),
                ReportParts.origin(data, command, SettingsWriter.toYaml(settings)))));
  }

  private List<Section> result(NetworkCost cost, RoundTimes times) {
    String method =
        "%s: %s, within %s."
            .formatted(
                settings.method().method().title(),
                settings.method().settings().describe(),
                settings.method().settings().budget().describe());
    String costs =
        String.format(
            Locale.ROOT,
            "Search, trainings and baselines together took %,.0f CPU seconds on executors; their"
                + " %s. Planned work counts multiply-accumulates, three forward passes for each"
                + " image learned from and one for each evaluated: of the search once for all"
                + " networks it found, of the training for each. All networks are within the same"
                + " budget and saw the test part once. The network handed over is the found one"
                + " with the best validation accuracy.",
            times.cpuSeconds(),
            times.describe());
    return List.of(
        figures(cost, times), RoleFigures.table(judged), new Text(method), new Text(costs));
  }

  private Section figures(NetworkCost cost, RoundTimes times) {
    List<Figures.Figure> figures = new ArrayList<>();
    figures.add(
        new Figures.Figure(
            "Test accuracy",
            Amounts.percent(best.test().accuracy()),
            Amounts.count(best.test().examples()) + " images"));
    figures.add(figure(new Macs(), cost, "for one image"));
    figures.add(figure(new Parameters(), cost, Amounts.bytes(cost.bytes())));
    for (Limit limit : budget().limits()) {
      figures.add(figure(limit.resource(), cost, ""));
    }
    figures.add(
        new Figures.Figure(
            "Search", Amounts.work(best.found().work().search()), "planned, to find the network"));
    figures.add(
        new Figures.Figure(
            "CPU time",
            String.format(Locale.ROOT, "%,.0f s", times.cpuSeconds()),
            "search, trainings, baselines"));
    figures.add(new Figures.Figure("Seed", settings.seed().toString(), "the same bits every time"));
    return new Figures(figures);
  }

  /** What the network takes of a resource, and the budget of it, if there is one. */
  private Figures.Figure figure(Resource resource, NetworkCost cost, String otherwise) {
    String name = resource.name();
    return new Figures.Figure(
        Character.toUpperCase(name.charAt(0)) + name.substring(1),
        resource.amount(resource.of(cost)),
        budget()
            .on(resource)
            .map(limit -> "budget " + resource.amount(limit.steps()))
            .orElse(otherwise));
  }

  private Budget budget() {
    return settings.method().settings().budget();
  }
}
