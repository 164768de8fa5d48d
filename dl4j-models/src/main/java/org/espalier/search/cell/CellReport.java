package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.espalier.report.Chart;
import org.espalier.report.Code;
import org.espalier.report.Folded;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;
import org.espalier.search.cell.space.Decision;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.Genotype;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Reference;
import org.espalier.search.supernet.RankingReport;

/**
 * What {@link CellSearch} tells people.
 *
 * @param settings of the search
 * @param state how far it is
 * @param space of the networks that may be handed over
 */
record CellReport(CellSettings settings, CellState state, GatedSpace space) {

  /** Its sections of the report. */
  List<Section> sections(List<Reference> finals) {
    List<Section> sections = new ArrayList<>();
    Optional<Reference> found = finals.stream().findFirst();
    sections.add(collapse());
    // First, so that drawings, which are taller than charts, stand beside each other.
    found
        .flatMap(each -> picks(each.candidate()))
        .ifPresent(picks -> sections.addAll(drawings(space, picks)));
    sections.add(
        new RankingReport(state.ranking())
            .overCost(settings.budget(), found.map(Reference::candidate)));
    sections.addAll(rounds());
    sections.add(new Folded("What each stage dropped", List.of(stages())));
    sections.add(
        new Folded(
            "Ranking of candidates", List.of(new RankingReport(state.ranking()).table("cell"))));
    sections.add(new Folded("Work of finding candidates", List.of(work())));
    return sections;
  }

  /** The picks of a candidate of the ranking. */
  private Optional<List<Integer>> picks(Candidate candidate) {
    KeptSpace kept = new KeptSpace(space, state.race().kept());
    return state.ranking().stream()
        .filter(ranked -> ranked.candidate().equals(candidate))
        .map(ranked -> kept.inWhole(ranked.picks()))
        .findFirst();
  }

  /** What was found, drawn, and as text to be kept. */
  static List<Section> drawings(GatedSpace space, List<Integer> picks) {
    List<Section> sections = new ArrayList<>(space.drawings("Found", picks));
    String genotype = Genotype.of(space, picks).toJson();
    sections.add(new Folded("Genotype", List.of(new Code("genotype.json", genotype))));
    return sections;
  }

  /** The sections that make sense before the end. */
  List<Section> soFar() {
    List<Section> sections = new ArrayList<>();
    sections.add(collapse());
    RankingReport ranking = new RankingReport(state.ranking());
    if (!ranking.isEmpty()) {
      sections.add(ranking.overCost(settings.budget(), Optional.empty()));
    }
    sections.addAll(rounds());
    if (!state.pruned().isEmpty()) {
      sections.add(stages());
    }
    return sections;
  }

  private Section collapse() {
    return new Text(new CollapseAlarm(settings, state).words());
  }

  private List<Section> rounds() {
    List<Section> sections = new ArrayList<>();
    sections.add(chart("Probability of operations, mean over edges", "share", probabilities()));
    sections.add(
        chart(
            "Validation accuracy of the policy's samples, with shared weights",
            "share",
            List.of(curve("mean of a round", true, log -> log.round().accuracy()))));
    sections.add(
        chart(
            "Cost of the policy's cells",
            "share of the budget",
            List.of(
                curve("expected, of a sample", false, CellState.Log::expectedCost),
                curve("most probable cell", false, CellState.Log::cost),
                curve("budget", false, log -> 1))));
    sections.add(
        chart(
            "Entropy of the policy",
            "nats",
            List.of(curve("entropy", false, log -> log.round().entropy()))));
    sections.add(
        chart(
            "Skip connections of a normal cell",
            "count",
            List.of(
                curve("expected, of a sample", false, CellState.Log::expectedSkips),
                curve("most probable cell", false, CellState.Log::skips))));
    if (state.log().stream().anyMatch(log -> !log.eigenvalue().isEmpty())) {
      sections.add(
          chart(
              "Largest eigenvalue of the validation loss by the logits",
              "nats",
              List.of(eigenvalues())));
    }
    sections.add(
        chart(
            "Training loss of the supernets",
            "nats",
            List.of(curve("loss", false, log -> log.round().loss()))));
    return sections;
  }

  /** Of the rounds in which it was looked at. */
  private Chart.Line eigenvalues() {
    List<Chart.Point> points = new ArrayList<>();
    for (int round = 0; round < state.log().size(); round++) {
      for (double eigenvalue : state.log().get(round).eigenvalue()) {
        points.add(new Chart.Point(round + 1, eigenvalue));
      }
    }
    return new Chart.Line("eigenvalue", points, Chart.Style.CURVE);
  }

  /** One line an operation: its mean probability over the edges, 0 where it was dropped. */
  private List<Chart.Line> probabilities() {
    Map<String, List<Chart.Point>> points = new LinkedHashMap<>();
    for (int round = 0; round < state.log().size(); round++) {
      CellState.Log log = state.log().get(round);
      List<List<Integer>> kept =
          log.stage() < state.pruned().size()
              ? state.pruned().get(log.stage()).kept()
              : state.race().kept();
      Map<String, Double> sums = new LinkedHashMap<>();
      int edges = 0;
      for (int choice = 0; choice < kept.size(); choice++) {
        if (space.decisions().get(choice).kind() != Decision.Kind.OPERATION) {
          continue;
        }
        edges++;
        for (int option = 0; option < space.sizes().get(choice); option++) {
          int index = kept.get(choice).indexOf(option);
          double probability = index < 0 ? 0 : log.marginals().get(choice).get(index);
          sums.merge(name(choice, option), probability, Double::sum);
        }
      }
      for (Map.Entry<String, Double> each : sums.entrySet()) {
        points
            .computeIfAbsent(each.getKey(), name -> new ArrayList<>())
            .add(new Chart.Point(round + 1, each.getValue() / edges));
      }
    }
    List<Chart.Line> lines = new ArrayList<>();
    points.forEach((name, each) -> lines.add(new Chart.Line(name, each, Chart.Style.CURVE)));
    return lines;
  }

  private Section stages() {
    List<List<String>> rows = new ArrayList<>();
    for (int stage = 0; stage < state.pruned().size(); stage++) {
      CellState.Pruned each = state.pruned().get(stage);
      rows.add(
          List.of(
              Integer.toString(stage + 1),
              Integer.toString(settings.stages().get(stage).cells()),
              dropped(each),
              each.why(),
              percent(each.before()),
              each.checked().isEmpty() ? "-" : percent(each.checked().get(0)),
              each.restored() ? "yes" : "no"));
    }
    return new Table(
        "Stages",
        List.of(
            "stage",
            "cells",
            "dropped, on how many edges",
            "ended by",
            "accuracy of samples, %",
            "after pruning, %",
            "operations came back"),
        rows);
  }

  private String dropped(CellState.Pruned stage) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int choice = 0; choice < stage.kept().size(); choice++) {
      for (int option : stage.kept().get(choice)) {
        if (!stage.after().get(choice).contains(option)) {
          counts.merge(name(choice, option), 1, Integer::sum);
        }
      }
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((name, count) -> parts.add("%s %s".formatted(name, count)));
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private String name(int choice, int option) {
    return space.decisions().get(choice).options().get(option).name();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static Chart chart(String title, String unit, List<Chart.Line> lines) {
    return new Chart(title, "round, of all stages", unit, lines);
  }

  /**
   * A curve over all rounds.
   *
   * @param judged whether only rounds count in which samples were judged
   */
  private Chart.Line curve(String name, boolean judged, ToDoubleFunction<CellState.Log> value) {
    List<Chart.Point> points = new ArrayList<>();
    for (int round = 0; round < state.log().size(); round++) {
      CellState.Log log = state.log().get(round);
      if (!judged || log.round().accuracy() > 0) {
        points.add(new Chart.Point(round + 1, value.applyAsDouble(log)));
      }
    }
    return new Chart.Line(name, points, Chart.Style.CURVE);
  }

  private Section work() {
    return new Table(
        "Planned work of finding candidates",
        List.of("part", "multiply-accumulates"),
        List.of(
            List.of(
                "training supernets and judging samples", Long.toString(state.work().supernet())),
            List.of("ranking candidates", Long.toString(state.work().ranking()))));
  }
}
