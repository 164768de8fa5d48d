package org.espalier.search.trials;

import java.util.ArrayList;
import java.util.List;
import org.espalier.report.Chart;
import org.espalier.report.Folded;
import org.espalier.report.Section;
import org.espalier.search.finals.Findings;
import org.espalier.search.finals.Training;
import org.espalier.search.trials.TrialState.Trial;

/**
 * What {@link TrialSearch} tells people.
 *
 * @param state how far it is
 */
record TrialReport(TrialState state) {
  private static final String ACCURACY = "validation accuracy, %";

  /** Scores over trials, what was expected against what was seen, and a table of all. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    List<Trial> finished =
        state.tried().stream().filter(each -> each.training().finished()).toList();
    if (!finished.isEmpty()) {
      sections.add(scores(finished));
    }
    if (finished.stream().anyMatch(each -> !each.expected().isEmpty())) {
      sections.add(expected(finished));
    }
    sections.add(
        new Folded(
            "Trials", List.of(Findings.table("Networks trained shortly", state.trainings()))));
    return sections;
  }

  private static Section scores(List<Trial> finished) {
    List<Chart.Point> points = new ArrayList<>();
    List<Chart.Point> best = new ArrayList<>();
    double most = 0;
    for (Trial each : finished) {
      Training training = each.training();
      double percent = 100 * training.trained().accuracy();
      most = Math.max(most, percent);
      points.add(new Chart.Point(training.number() + 1, percent, name(training)));
      best.add(new Chart.Point(training.number() + 1, most));
    }
    return new Chart(
        "Networks tried, in their order",
        "trial",
        ACCURACY,
        List.of(
            new Chart.Line("network", points, Chart.Style.POINTS),
            new Chart.Line("best so far", best, Chart.Style.CURVE)));
  }

  private static Section expected(List<Trial> finished) {
    List<Chart.Point> points =
        finished.stream()
            .filter(each -> !each.expected().isEmpty())
            .map(
                each ->
                    new Chart.Point(
                        each.expected().get(0),
                        100 * each.training().trained().accuracy(),
                        name(each.training())))
            .toList();
    return new Chart(
        "What was expected of networks before they were tried, and what was seen",
        "expected score of the rank among those tried",
        ACCURACY,
        List.of(new Chart.Line("network", points, Chart.Style.POINTS)));
  }

  private static String name(Training training) {
    return "%s, %s".formatted(training.label(), training.candidate().description());
  }
}
