package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.augment.LearnedPolicy;
import org.espalier.report.Chart;
import org.espalier.report.Code;
import org.espalier.report.Folded;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.augment.DensityState.Judged;
import org.espalier.search.finals.Findings;

/**
 * What {@link DensitySearch} tells people.
 *
 * @param choices which policies there are
 * @param state how far it is
 */
record DensityReport(PolicyChoices choices, DensityState state) {
  private static final int SHOWN = 50;

  /** Of the end. */
  List<Section> sections(LearnedPolicy found) {
    List<Section> sections = new ArrayList<>(soFar());
    sections.add(new Folded("Policy", List.of(new Code("policy.json", found.toJson()))));
    return sections;
  }

  /** Scores in their order, the best policies, and the network that judged them. */
  List<Section> soFar() {
    List<Section> sections = new ArrayList<>();
    List<Judged> ranked = state.ranked(choices.free());
    if (!ranked.isEmpty()) {
      sections.add(scores());
      sections.add(new Folded("Policies that were judged best", List.of(best(ranked))));
    }
    sections.add(
        new Folded(
            "The network that judges",
            List.of(Findings.table("Trained without a policy", List.of(state.network())))));
    return sections;
  }

  private Section scores() {
    List<Chart.Point> points = new ArrayList<>();
    List<Chart.Point> best = new ArrayList<>();
    double most = 0;
    for (int i = 0; i < state.judged().size(); i++) {
      Judged each = state.judged().get(i);
      if (each.sound()) {
        most = Math.max(most, each.score());
        points.add(new Chart.Point(i + 1, each.score(), choices.policy(each.picks()).describe()));
        best.add(new Chart.Point(i + 1, most));
      }
    }
    return new Chart(
        "Probability of the right class on validation images that a policy changes, geometric mean",
        "policy",
        "probability",
        List.of(
            new Chart.Line("policy", points, Chart.Style.POINTS),
            new Chart.Line("best so far", best, Chart.Style.CURVE)));
  }

  private Table best(List<Judged> ranked) {
    List<List<String>> rows =
        ranked.stream()
            .limit(SHOWN)
            .map(
                each ->
                    List.of(
                        choices.policy(each.picks()).describe(),
                        String.format(Locale.ROOT, "%.4f", each.loss()),
                        String.format(Locale.ROOT, "%.2f", 100 * each.accuracy())))
            .toList();
    return new Table(
        "On changed validation images",
        List.of("policy: operation, probability and level", "loss, nats", "accuracy, %"),
        rows);
  }
}
