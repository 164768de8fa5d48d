package org.espalier.search.width;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchResult;
import org.espalier.search.finals.Findings;
import org.espalier.search.finals.Role;
import org.espalier.search.finals.Training;

/**
 * What {@link AffineSharingSearch} tells people.
 *
 * @param settings of the search
 * @param contest its trainings
 * @param state its end
 */
record AffineSharingReport(
    AffineSharingSettings settings, Contest contest, AffineSharingState state) {
  private static final int RANKED_ROWS = 20;

  SearchResult result() {
    List<FoundNetwork> networks = new ArrayList<>();
    for (Role role : Contest.FINAL) {
      of(state.retrainings(), role).stream()
          .filter(Training::finished)
          .map(this::network)
          .forEach(networks::add);
    }
    List<SearchResult.Part> parts = new ArrayList<>();
    parts.add(widths());
    parts.add(ranked());
    if (!state.trials().isEmpty()) {
      parts.add(trials());
    }
    parts.add(sharing());
    parts.add(rewards());
    parts.add(entropy());
    parts.add(loss());
    parts.add(Findings.curves("Retraining", firstSeeds()));
    parts.add(work());
    parts.add(ranking());
    if (!state.trials().isEmpty()) {
      parts.add(Findings.table("Short trainings", state.trials()));
    }
    parts.add(Findings.table("Final trainings", state.retrainings()));
    return new SearchResult(networks, parts);
  }

  private FoundNetwork network(Training training) {
    long search = 0;
    if (training.role().equals(Contest.FOUND)) {
      search = state.work().search();
    } else if (training.role().equals(Contest.RANDOM)) {
      search = state.work().random();
    }
    long work =
        state
            .course()
            .work(
                contest.how(training, contest.longerEpochs(state)),
                training.candidate().macs(),
                0,
                training.step());
    return Findings.network(state.space(), training, search, work);
  }

  private static List<Training> of(List<Training> trainings, Role role) {
    return trainings.stream().filter(training -> training.role().equals(role)).toList();
  }

  private List<Training> firstSeeds() {
    return state.retrainings().stream().filter(training -> training.number() == 0).toList();
  }

  private SearchResult.Part widths() {
    List<SearchResult.Widths.Row> rows = new ArrayList<>();
    for (Role role : List.of(Contest.FOUND, Contest.UNIFORM)) {
      of(firstSeeds(), role)
          .forEach(
              training ->
                  rows.add(
                      new SearchResult.Widths.Row(role.name(), training.candidate().widths())));
    }
    return Findings.widths("Output channels of each layer", state.space(), rows);
  }

  private SearchResult.Part ranked() {
    List<Findings.Cloud> clouds = new ArrayList<>();
    for (boolean tuned : new boolean[] {true, false}) {
      List<Ranked> part =
          state.ranking().stream().filter(ranked -> ranked.tuned() == tuned).toList();
      if (!part.isEmpty()) {
        clouds.add(
            new Findings.Cloud(
                tuned ? "after tuning" : "with shared weights",
                part.stream().map(Ranked::candidate).toList(),
                part.stream().map(Ranked::accuracy).toList()));
      }
    }
    return Findings.overCost("Ranked candidates, over cost", settings.budget(), clouds);
  }

  /** In a chart of its own, since shared weights are far less accurate than a network's own. */
  private SearchResult.Part trials() {
    List<Findings.Cloud> clouds = new ArrayList<>();
    for (Role role : List.of(Contest.WINNER, Contest.RANDOM_TRIAL)) {
      List<Training> trials = of(state.trials(), role);
      if (!trials.isEmpty()) {
        String name = role.equals(Contest.WINNER) ? "winners of the ranking" : "random search";
        clouds.add(Findings.Cloud.of(name, trials));
      }
    }
    return Findings.overCost(
        "Trained alone, shortly, over cost", settings.budget(), clouds, clouds.size());
  }

  private SearchResult.Part sharing() {
    return chart(
        "Sharing level",
        "share of full sharing",
        List.of(curve("normalised level", 0, RoundLog::normalisedLevel)));
  }

  private SearchResult.Part rewards() {
    int from = settings.supernet().warmUpRounds();
    return chart(
        "Samples of the policy, mean of a round",
        "share",
        List.of(
            curve("validation accuracy", from, RoundLog::accuracy),
            curve("reward", from, RoundLog::reward),
            curve("cost, of the budget", from, RoundLog::cost)));
  }

  private SearchResult.Part entropy() {
    return chart("Entropy of the policy", "nats", List.of(curve("entropy", 0, RoundLog::entropy)));
  }

  private SearchResult.Part loss() {
    return chart(
        "Training loss of the supernet", "nats", List.of(curve("loss", 0, RoundLog::loss)));
  }

  private static SearchResult.Chart chart(
      String title, String unit, List<SearchResult.Line> lines) {
    return new SearchResult.Chart(title, "round", unit, lines);
  }

  private SearchResult.Line curve(String name, int from, ToDoubleFunction<RoundLog> value) {
    List<SearchResult.Point> points = new ArrayList<>();
    for (int round = from; round < state.log().size(); round++) {
      points.add(new SearchResult.Point(round + 1, value.applyAsDouble(state.log().get(round))));
    }
    return new SearchResult.Line(name, points, SearchResult.Style.CURVE);
  }

  private SearchResult.Part work() {
    AffineSharingState.Work work = state.work();
    return new SearchResult.Table(
        "Planned work",
        List.of("part", "multiply-accumulates"),
        List.of(
            List.of("training the supernet and judging samples", Long.toString(work.supernet())),
            List.of("ranking candidates", Long.toString(work.ranking())),
            List.of("short trainings of the winners", Long.toString(work.winners())),
            List.of("the search in all", Long.toString(work.search())),
            List.of("random search, the baseline", Long.toString(work.random())),
            List.of("final trainings", Long.toString(work.retraining()))));
  }

  private SearchResult.Part ranking() {
    List<List<String>> rows = new ArrayList<>();
    int shown = Math.min(RANKED_ROWS, state.ranking().size());
    for (int i = 0; i < shown; i++) {
      Ranked ranked = state.ranking().get(i);
      rows.add(
          List.of(
              Integer.toString(i + 1),
              ranked.candidate().widths().toString(),
              Long.toString(ranked.candidate().macs()),
              Long.toString(ranked.candidate().parameters()),
              String.format(Locale.ROOT, "%.2f", 100 * ranked.accuracy()),
              ranked.tuned() ? "tuned" : "shared weights"));
    }
    return new SearchResult.Table(
        "Ranking, the first %d of %d".formatted(shown, state.ranking().size()),
        List.of("rank", "widths", "MACs", "parameters", "validation accuracy, %", "judged"),
        rows);
  }
}
