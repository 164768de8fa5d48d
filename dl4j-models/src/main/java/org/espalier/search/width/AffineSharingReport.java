package org.espalier.search.width;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.espalier.report.Chart;
import org.espalier.report.Folded;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.finals.Reference;
import org.espalier.search.space.WidthBars;
import org.espalier.search.supernet.RankingReport;

/**
 * What {@link AffineSharingSearch} tells people.
 *
 * @param settings of the search
 * @param state its end
 */
record AffineSharingReport(AffineSharingSettings settings, AffineSharingState state) {
  /** Its sections of the report. */
  List<Section> sections(List<Reference> finals) {
    return List.of(
        WidthBars.of(settings.family(), finals),
        ranking()
            .overCost(settings.budget(), finals.stream().map(Reference::candidate).findFirst()),
        sharing(),
        rewards(),
        entropy(),
        loss(),
        new Folded("Work of finding candidates", List.of(work())),
        new Folded("Ranking of candidates", List.of(ranking().table("widths"))));
  }

  private RankingReport ranking() {
    return new RankingReport(state.ranking());
  }

  /** The sections that make sense before the end. */
  List<Section> soFar() {
    List<Section> sections = new ArrayList<>(List.of(sharing(), rewards(), entropy(), loss()));
    if (!ranking().isEmpty()) {
      sections.add(0, ranking().overCost(settings.budget(), Optional.empty()));
    }
    return sections;
  }

  private Section sharing() {
    return chart(
        "Sharing level",
        "share of full sharing",
        List.of(curve("normalised level", 0, log -> log.level().normalised())));
  }

  private Section rewards() {
    int from = settings.supernet().training().warmUpRounds();
    return chart(
        "Samples of the policy, mean of a round",
        "share",
        List.of(
            curve("validation accuracy", from, log -> log.round().accuracy()),
            curve("reward", from, log -> log.round().reward()),
            curve("cost, of the budget", from, log -> log.round().cost())));
  }

  private Section entropy() {
    return chart(
        "Entropy of the policy",
        "nats",
        List.of(curve("entropy", 0, log -> log.round().entropy())));
  }

  private Section loss() {
    return chart(
        "Training loss of the supernet",
        "nats",
        List.of(curve("loss", 0, log -> log.round().loss())));
  }

  private static Chart chart(String title, String unit, List<Chart.Line> lines) {
    return new Chart(title, "round", unit, lines);
  }

  private Chart.Line curve(String name, int from, ToDoubleFunction<AffineSharingState.Log> value) {
    List<Chart.Point> points = new ArrayList<>();
    for (int round = from; round < state.log().size(); round++) {
      points.add(new Chart.Point(round + 1, value.applyAsDouble(state.log().get(round))));
    }
    return new Chart.Line(name, points, Chart.Style.CURVE);
  }

  private Section work() {
    return new Table(
        "Planned work of finding candidates",
        List.of("part", "multiply-accumulates"),
        List.of(
            List.of(
                "training the supernet and judging samples",
                Long.toString(state.work().supernet())),
            List.of("ranking candidates", Long.toString(state.work().ranking()))));
  }
}
