package org.espalier.search.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.search.FoundNetwork;
import org.espalier.search.Progress;
import org.espalier.search.SearchResult;
import org.espalier.search.finals.Findings;
import org.espalier.search.finals.Role;
import org.espalier.search.finals.Training;
import org.espalier.search.space.Candidate;

/** What {@link RandomWidthSearch} tells people. */
final class RandomWidthReport {
  private static final String ACCURACY = "validation accuracy, percent";

  private RandomWidthReport() {}

  static SearchResult of(RandomWidthState state, RandomWidthSettings settings) {
    List<FoundNetwork> networks = new ArrayList<>();
    for (Role role : List.of(RandomWidthSearch.FOUND, RandomWidthSearch.UNIFORM)) {
      state.retrainings().stream()
          .filter(training -> training.role().equals(role) && training.finished())
          .map(training -> network(state, settings, training))
          .forEach(networks::add);
    }
    List<SearchResult.Part> parts = new ArrayList<>();
    Optional<Training> found = first(state, RandomWidthSearch.FOUND);
    found.ifPresent(training -> parts.add(widths(state, training.candidate())));
    parts.add(cost(state, settings, found));
    parts.add(best(state));
    List<Training> firsts = state.retrainings().stream().filter(t -> t.number() == 0).toList();
    parts.add(Findings.curves("Retraining", firsts));
    parts.add(Findings.table("Retrained networks", state.retrainings()));
    parts.add(Findings.table("Candidates", state.trials()));
    return new SearchResult(networks, parts);
  }

  static Progress progress(RandomWidthState state, long done, long planned) {
    List<Progress.Measure> measures = new ArrayList<>();
    state.current().stream()
        .filter(Training::finished)
        .mapToDouble(training -> training.trained().accuracy())
        .max()
        .ifPresent(best -> measures.add(new Progress.Measure("best " + ACCURACY, 100 * best)));
    String phase = state.phase().name().toLowerCase(Locale.ROOT);
    return new Progress(phase, done, planned, measures);
  }

  private static FoundNetwork network(
      RandomWidthState state, RandomWidthSettings settings, Training training) {
    boolean searched = training.role().equals(RandomWidthSearch.FOUND);
    long work =
        state.course().work(settings.retrain(), training.candidate().macs(), 0, training.step());
    return Findings.network(state.space(), training, searched ? state.searchWork() : 0, work);
  }

  private static Optional<Training> first(RandomWidthState state, Role role) {
    return state.retrainings().stream()
        .filter(training -> training.role().equals(role))
        .findFirst();
  }

  private static SearchResult.Part widths(RandomWidthState state, Candidate found) {
    return Findings.widths(
        "Output channels of each layer",
        state.space(),
        List.of(
            new SearchResult.Widths.Row(RandomWidthSearch.FOUND.name(), found.widths()),
            new SearchResult.Widths.Row(
                RandomWidthSearch.UNIFORM.name(), state.uniform().widths())));
  }

  private static SearchResult.Part cost(
      RandomWidthState state, RandomWidthSettings settings, Optional<Training> found) {
    List<Findings.Cloud> clouds = new ArrayList<>();
    clouds.add(Findings.Cloud.of("candidates", state.trials()));
    found.ifPresent(
        training ->
            clouds.add(
                Findings.Cloud.of(
                    "chosen",
                    state.trials().stream()
                        .filter(trial -> trial.candidate().equals(training.candidate()))
                        .toList())));
    return Findings.overCost("Candidates", settings.budget(), clouds);
  }

  private static SearchResult.Part best(RandomWidthState state) {
    List<SearchResult.Point> points = new ArrayList<>();
    double best = 0;
    for (Training trial : state.trials()) {
      best = Math.max(best, trial.trained().accuracy());
      points.add(new SearchResult.Point(trial.number() + 1, 100 * best));
    }
    return new SearchResult.Chart(
        "Best so far",
        "candidates",
        "validation accuracy, %",
        List.of(new SearchResult.Line("best so far", points, SearchResult.Style.CURVE)));
  }
}
