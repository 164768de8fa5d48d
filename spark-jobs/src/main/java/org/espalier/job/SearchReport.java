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
import org.espalier.report.Figures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;
import org.espalier.report.html.HtmlReport;
import org.espalier.search.Artefact;

/**
 * The report of a search.
 *
 * @param outcome what it came to
 * @param times of its rounds
 */
record SearchReport(SearchOutcome outcome, RoundTimes times) {

  /** The report as a page. */
  String html() {
    List<Report.Chapter> chapters = new ArrayList<>();
    chapters.add(new Report.Chapter("Result", result()));
    chapters.add(new Report.Chapter("Search", outcome.found().result().sections()));
    outcome.artefacts().forEach(artefact -> chapters.add(chapter(artefact)));
    outcome
        .exported()
        .ifPresent(
            exported -> {
              SearchOutcome.Judged best = exported.best();
              JobData own = outcome.data().named(best.found().data());
              chapters.add(ReportParts.test(best.test(), own.data().images()));
              chapters.add(ReportParts.network(best.network().spec()));
              chapters.add(ReportParts.exports(exported.model()));
            });
    chapters.add(
        ReportParts.origin(
            outcome.data(), outcome.command(), SettingsWriter.toYaml(outcome.settings())));
    return HtmlReport.render(new Report(title(), lead(), chapters));
  }

  private String title() {
    SearchSettings settings = outcome.settings();
    String data =
        outcome.data().several()
            ? String.join(", ", settings.namedData().keySet())
            : Outcomes.dataName(settings.namedData().values().iterator().next());
    return "%s on %s".formatted(method().method().title(), data);
  }

  private String lead() {
    return outcome
        .exported()
        .map(
            exported ->
                ("The network found recognises %s of the test images with %s multiply-accumulates"
                        + " an image.")
                    .formatted(
                        Amounts.percent(exported.best().test().accuracy()),
                        Amounts.count(NetworkCost.of(exported.best().network().spec()).macs())))
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

  private List<Section> result() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Figures(figures()));
    if (!outcome.judged().isEmpty()) {
      sections.add(RoleFigures.table(outcome.judged()));
    }
    sections.add(new Text(method().describe() + "."));
    sections.add(new Text(costs()));
    return sections;
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
        ": of the search once for all networks it found, of the training for each. All networks");
    text.append(
        method().settings().limit().map(unused -> " are within the same budget and").orElse(""));
    text.append(" saw the test part once.");
    if (outcome.exported().isPresent()) {
      text.append(" The network handed over is the found one with the best validation accuracy.");
    }
    return text.toString();
  }

  private List<Figures.Figure> figures() {
    List<Figures.Figure> figures = new ArrayList<>();
    outcome.exported().ifPresent(exported -> figures.addAll(figures(exported.best())));
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
            Amounts.count(best.test().examples()) + " images"));
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
    String name = resource.name();
    return new Figures.Figure(
        Character.toUpperCase(name.charAt(0)) + name.substring(1),
        resource.amount(resource.of(cost)),
        method()
            .settings()
            .limit()
            .flatMap(budget -> budget.on(resource))
            .map(limit -> "budget " + resource.amount(limit.steps()))
            .orElse(otherwise));
  }

  private ChosenMethod<?> method() {
    return outcome.settings().chosen();
  }
}
