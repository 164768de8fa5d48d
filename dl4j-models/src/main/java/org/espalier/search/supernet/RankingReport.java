package org.espalier.search.supernet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Findings;

/**
 * What is told of candidates that were judged with shared weights.
 *
 * @param ranking candidates, those that were judged first
 */
public record RankingReport(List<Ranked> ranking) {
  private static final int ROWS = 20;

  public RankingReport {
    ranking = List.copyOf(ranking);
  }

  /** Whether there is anything to tell. */
  public boolean isEmpty() {
    return ranking.stream().noneMatch(Ranked::isJudged);
  }

  /**
   * Accuracy over cost.
   *
   * @param chosen the candidate to put a ring around
   */
  public Section overCost(Budget budget, Optional<Candidate> chosen) {
    List<Findings.Cloud> clouds = new ArrayList<>();
    for (boolean tuned : new boolean[] {true, false}) {
      List<Ranked> part =
          ranking.stream().filter(each -> each.isJudged() && each.tuned() == tuned).toList();
      if (!part.isEmpty()) {
        clouds.add(
            new Findings.Cloud(
                tuned ? "after tuning" : "with shared weights",
                part.stream().map(Ranked::candidate).toList(),
                part.stream().map(Ranked::accuracy).toList(),
                part.stream().map(ranked -> ranked.candidate().description()).toList()));
      }
    }
    return Findings.overCost(
        "Ranked candidates, over cost", Optional.of(budget), clouds, 1, chosen);
  }

  /**
   * The first candidates.
   *
   * @param what sets candidates apart, as the heading of a column
   */
  public Section table(String what) {
    List<List<String>> rows = new ArrayList<>();
    int shown = Math.min(ROWS, ranking.size());
    for (int i = 0; i < shown; i++) {
      Ranked ranked = ranking.get(i);
      rows.add(
          List.of(
              Integer.toString(i + 1),
              ranked.candidate().description(),
              Long.toString(ranked.candidate().macs()),
              Long.toString(ranked.candidate().parameters()),
              String.format(Locale.ROOT, "%.2f", 100 * ranked.accuracy()),
              ranked.tuned() ? "tuned" : "shared weights"));
    }
    return new Table(
        "Ranking, the first %s of %s".formatted(shown, ranking.size()),
        List.of("rank", what, "MACs", "parameters", "validation accuracy, %", "judged"),
        rows);
  }
}
