package org.espalier.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.espalier.config.SettingsWriter;
import org.espalier.cost.Macs;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Parameters;
import org.espalier.cost.Resource;
import org.espalier.report.Downloads;
import org.espalier.report.Figures;
import org.espalier.report.Folded;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;
import org.espalier.report.html.HtmlReport;
import org.espalier.search.Artefact;
import org.espalier.search.Assessment;

/**
 * The report of a search.
 *
 * @param outcome what it came to
 * @param times of its rounds
 * @param circumstances where and when it is written
 */
record SearchReport(SearchOutcome outcome, RoundTimes times, Circumstances circumstances) {

  /**
   * The report as a page.
   *
   * @param result text of {@code result.json}
   */
  String html(String result) {
    Verdict verdict =
        new Verdict(
            RoleFigures.of(outcome.judged()),
            outcome.exported().stream().map(SearchOutcome.Exported::best).toList());
    List<Report.Chapter> chapters = new ArrayList<>();
    chapters.add(new Report.Chapter("Verdict", verdict(verdict)));
    chapters.add(new Report.Chapter("Search", search()));
    outcome.artefacts().forEach(artefact -> chapters.add(chapter(artefact)));
    outcome
        .first()
        .ifPresent(
            exported -> {
              SearchOutcome.Judged best = exported.best();
              JobData own = outcome.data().named(best.found().data());
              chapters.add(ReportParts.test(best.test(), own.data().images()));
              chapters.add(ReportParts.network(best.network().spec()));
              chapters.add(ReportParts.exports(exported.model()));
            });
    String config = SettingsWriter.toYaml(outcome.settings());
    chapters.add(new Report.Chapter("Downloads", List.of(downloads(config, result))));
    chapters.add(ReportParts.origin(outcome.data(), outcome.command(), config, circumstances));
    return HtmlReport.render(
        new Report(title(outcome.settings(), outcome.data()), lead(verdict), chapters));
  }

  private List<Section> verdict(Verdict verdict) {
    List<Section> sections = new ArrayList<>();
    sections.add(new Figures(figures()));
    sections.addAll(verdict.sections());
    return sections;
  }

  private List<Section> search() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Text(method().describe() + "."));
    sections.addAll(outcome.found().result().sections());
    List<Section> costs = new ArrayList<>();
    costs.add(new Text(costs()));
    if (!outcome.judged().isEmpty()) {
      costs.add(RoleFigures.table(outcome.judged()));
    }
    sections.add(new Folded("Costs", costs));
    return sections;
  }

  private Section downloads(String config, String result) {
    List<Downloads.Item> items = new ArrayList<>();
    items.add(
        ReportParts.embedded("config.yaml", "every default written out", "text/yaml", config));
    items.add(ReportParts.embedded("result.json", "all figures", "application/json", result));
    List<Assessment> candidates = outcome.found().result().candidates();
    if (!candidates.isEmpty()) {
      items.add(
          ReportParts.embedded(
              "candidates.csv",
              "%s looks at candidates".formatted(Amounts.count(candidates.size())),
              "text/csv",
              CandidateFiles.csv(candidates)));
      items.add(new Downloads.Beside("candidates.jsonl", "the same, with every width"));
    }
    outcome.first().ifPresent(each -> items.addAll(ReportParts.model(each.model())));
    outcome
        .others()
        .forEach(
            (name, each) ->
                items.add(
                    new Downloads.Beside(
                        "artefacts/" + name, "the model" + each.best().found().purpose())));
    outcome
        .artefacts()
        .forEach(
            artefact ->
                artefact
                    .files()
                    .forEach(
                        (name, bytes) ->
                            items.add(
                                new Downloads.Beside(
                                    "artefacts/%s/%s".formatted(artefact.name(), name),
                                    Amounts.bytes(bytes.size())))));
    return new Downloads("Inside this page, and beside it in the run's folder", items);
  }

  /** Of the page: method and data. */
  static String title(SearchSettings settings, NamedData data) {
    String names =
        data.several()
            ? String.join(", ", settings.namedData().keySet())
            : Outcomes.dataName(settings.namedData().values().iterator().next());
    return "%s on %s".formatted(settings.chosen().method().title(), names);
  }

  private String lead(Verdict verdict) {
    return verdict
        .lead()
        .orElseGet(
            () ->
                outcome.artefacts().stream()
                    .map(artefact -> "%s (%s)".formatted(artefact.name(), artefact.kind()))
                    .collect(Collectors.joining(", ", "The search hands over ", ".")));
  }

  private static Report.Chapter chapter(Artefact artefact) {
    List<Section> sections = new ArrayList<>();
    List<List<String>> files =
        artefact.files().entrySet().stream()
            .map(file -> List.of(file.getKey(), Amounts.bytes(file.getValue().size())))
            .toList();
    sections.add(
        new Table(
            "Files of version %s, in artefacts/%s".formatted(artefact.version(), artefact.name()),
            List.of("file", "size"),
            files));
    sections.addAll(artefact.sections());
    return new Report.Chapter("%s: %s".formatted(artefact.name(), artefact.kind()), sections);
  }

  private String costs() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Search, trainings and baselines together took %,.0f CPU seconds on executors; their"
                + " %s. Planned work counts multiply-accumulates, three forward passes for each"
                + " image learned from and one for each evaluated",
            times.cpuSeconds(),
            times.describe()));
    if (outcome.judged().isEmpty()) {
      return text.append('.').toString();
    }
    text.append(
        ": of the search once for all networks it found%s, of the training for each. All networks"
            .formatted(budgets() > 1 ? " within a budget" : ""));
    text.append(
        method()
            .settings()
            .limit()
            .map(
                unused ->
                    budgets() > 1
                        ? " are within their budgets and"
                        : " are within the same budget and")
            .orElse(""));
    return text.append(" saw the test part once.").toString();
  }

  private long budgets() {
    return outcome.judged().stream().map(each -> each.found().within()).distinct().count();
  }

  private List<Figures.Figure> figures() {
    List<Figures.Figure> figures = new ArrayList<>();
    outcome.first().ifPresent(exported -> figures.addAll(figures(exported.best())));
    figures.add(
        new Figures.Figure(
            "CPU time",
            String.format(Locale.ROOT, "%,.0f s", times.cpuSeconds()),
            "search, trainings, baselines"));
    figures.add(
        new Figures.Figure(
            "Seed", outcome.settings().seed().toString(), "the same bits every time"));
    return figures;
  }

  private List<Figures.Figure> figures(SearchOutcome.Judged best) {
    NetworkCost cost = NetworkCost.of(best.network().spec());
    List<Figures.Figure> figures = new ArrayList<>();
    figures.add(
        new Figures.Figure(
            "Test accuracy",
            Amounts.percent(best.test().accuracy()),
            "of what is handed over, on %s images"
                .formatted(Amounts.count(best.test().examples()))));
    figures.add(figure(new Macs(), cost, "for one image"));
    figures.add(figure(new Parameters(), cost, Amounts.bytes(cost.bytes())));
    method().settings().limit().stream()
        .flatMap(budget -> budget.limits().stream())
        .forEach(limit -> figures.add(figure(limit.resource(), cost, "")));
    figures.add(
        new Figures.Figure(
            "Search", Amounts.work(best.found().work().search()), "planned, to find the network"));
    return figures;
  }

  /** What the network takes of a resource, and the budget of it, if there is one. */
  private Figures.Figure figure(Resource resource, NetworkCost cost, String otherwise) {
    String within = outcome.first().map(each -> each.best().found().within()).orElse("");
    String name = resource.name();
    return new Figures.Figure(
        Character.toUpperCase(name.charAt(0)) + name.substring(1),
        resource.amount(resource.of(cost)),
        method()
            .settings()
            .limit()
            .filter(budget -> within.isEmpty() || within.equals(budget.describe()))
            .flatMap(budget -> budget.on(resource))
            .map(limit -> "budget " + resource.amount(limit.steps()))
            .orElse(otherwise));
  }

  private ChosenMethod<?> method() {
    return outcome.settings().chosen();
  }
}
