package org.espalier.search.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.espalier.network.NetworkSpec;
import org.espalier.search.FoundNetwork;
import org.espalier.search.Measure;
import org.espalier.search.Progress;
import org.espalier.search.SearchResult;
import org.espalier.search.retraining.Role;
import org.espalier.search.retraining.Training;
import org.espalier.search.space.Candidate;

/** What {@link RandomWidthSearch} tells people. */
final class RandomWidthReport {
  private static final String ACCURACY = "validation accuracy, percent";
  private static final String MACS = "MACs";

  private RandomWidthReport() {}

  static SearchResult of(RandomWidthState state) {
    List<FoundNetwork> networks = new ArrayList<>();
    for (Role role : List.of(RandomWidthSearch.FOUND, RandomWidthSearch.UNIFORM)) {
      state.retrainings().stream()
          .filter(training -> training.role().equals(role) && training.finished())
          .map(training -> network(state, training))
          .forEach(networks::add);
    }
    return new SearchResult(
        networks,
        List.of(retrainings(state), trials(state), work(state)),
        List.of(cost(state), best(state), curve(state)));
  }

  static Progress progress(RandomWidthState state, long done, long planned) {
    List<Measure> measures = new ArrayList<>();
    trainings(state)
        .mapToDouble(training -> training.trained().accuracy())
        .max()
        .ifPresent(best -> measures.add(new Measure("best " + ACCURACY, 100 * best)));
    String phase = state.phase().name().toLowerCase(Locale.ROOT);
    return new Progress(phase, done, planned, measures);
  }

  private static Stream<Training> trainings(RandomWidthState state) {
    return state.current().stream().filter(Training::finished);
  }

  private static FoundNetwork network(RandomWidthState state, Training training) {
    Candidate candidate = training.candidate();
    NetworkSpec spec = state.space().network(candidate.widths());
    return new FoundNetwork(
        training.role().name(),
        spec,
        training.trained().values(),
        training.trained().buffers(),
        List.of(
            new Measure(MACS, candidate.macs()),
            new Measure("parameters", candidate.parameters()),
            new Measure(ACCURACY, 100 * training.trained().accuracy())));
  }

  private static SearchResult.Table retrainings(RandomWidthState state) {
    return table("Retrained networks", state.retrainings());
  }

  private static SearchResult.Table trials(RandomWidthState state) {
    return table("Candidates", state.trials());
  }

  private static SearchResult.Table table(String title, List<Training> trainings) {
    List<List<String>> rows = new ArrayList<>();
    for (Training training : trainings) {
      Candidate candidate = training.candidate();
      rows.add(
          List.of(
              training.label(),
              candidate.widths().toString(),
              Long.toString(candidate.macs()),
              Long.toString(candidate.parameters()),
              training.finished() ? percent(training.trained().accuracy()) : training.failure()));
    }
    return new SearchResult.Table(
        title, List.of("network", "widths", MACS, "parameters", ACCURACY), rows);
  }

  private static SearchResult.Table work(RandomWidthState state) {
    return new SearchResult.Table(
        "Planned work",
        List.of("phase", MACS),
        List.of(
            List.of("search", Long.toString(state.searchWork())),
            List.of("retraining, baseline included", Long.toString(state.retrainWork()))));
  }

  private static SearchResult.Series cost(RandomWidthState state) {
    List<SearchResult.Point> points =
        state.trials().stream()
            .filter(Training::finished)
            .map(
                trial ->
                    new SearchResult.Point(
                        trial.candidate().macs(), 100 * trial.trained().accuracy()))
            .toList();
    return new SearchResult.Series("Candidates", MACS, ACCURACY, points, false);
  }

  private static SearchResult.Series best(RandomWidthState state) {
    List<SearchResult.Point> points = new ArrayList<>();
    double best = 0;
    for (Training trial : state.trials()) {
      best = Math.max(best, trial.trained().accuracy());
      points.add(new SearchResult.Point(trial.number() + 1, 100 * best));
    }
    return new SearchResult.Series("Best so far", "candidates", ACCURACY, points, true);
  }

  private static SearchResult.Series curve(RandomWidthState state) {
    List<SearchResult.Point> points = new ArrayList<>();
    state.retrainings().stream()
        .filter(Training::finished)
        .findFirst()
        .ifPresent(
            training -> {
              for (int epoch = 0; epoch < training.accuracies().size(); epoch++) {
                points.add(
                    new SearchResult.Point(epoch + 1, 100 * training.accuracies().get(epoch)));
              }
            });
    return new SearchResult.Series("Retraining", "epoch", ACCURACY, points, true);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
