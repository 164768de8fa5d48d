package org.espalier.search.finals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.report.Chart;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchResult;

/**
 * What a search tells people of its trainings, beside what its method tells.
 *
 * @param own the method
 * @param contest how candidates are compared
 * @param budget that every candidate is within, if there is one
 * @param <S> state of the method
 */
record FinalsReport<S>(CandidateSearch<S, ?, ?, ?> own, Contest contest, Optional<Budget> budget) {
  /** From so many candidates on it is worth seeing how the best one rises. */
  private static final int MANY = 8;

  SearchResult result(FinalsState<S> state) {
    List<Training> firsts = state.finals().stream().filter(each -> each.number() == 0).toList();
    List<Reference> finals =
        firsts.stream()
            .map(training -> new Reference(training.role().name(), training.candidate()))
            .toList();
    List<Section> sections = new ArrayList<>(own.report(state.own(), finals));
    if (!state.trials().isEmpty()) {
      sections.add(trials(state));
    }
    List<Training> candidates = candidates(state);
    if (candidates.size() >= MANY) {
      sections.add(best(candidates));
    }
    if (!firsts.isEmpty()) {
      sections.add(Findings.curves("Final trainings", firsts));
    }
    sections.add(work(state.work()));
    if (!state.trials().isEmpty()) {
      sections.add(Findings.table("Short trainings", state.trials()));
    }
    if (!firsts.isEmpty()) {
      sections.add(Findings.table("Final trainings", state.finals()));
    }
    return new SearchResult(networks(state), List.of(), failures(state), sections);
  }

  /** The final networks; of a study, every candidate. */
  private List<FoundNetwork> networks(FinalsState<S> state) {
    List<FoundNetwork> networks = new ArrayList<>();
    List<Training> trained = contest.keepsWeights() ? state.trials() : state.finals();
    trained.stream()
        .map(Training::role)
        .distinct()
        .forEach(
            role ->
                trained.stream()
                    .filter(training -> training.role().equals(role) && training.finished())
                    .map(training -> network(state, training))
                    .forEach(networks::add));
    return networks;
  }

  /** Of the found network; if it is not known because the contest came to nothing, of that. */
  private static <S> List<SearchResult.Failure> failures(FinalsState<S> state) {
    List<Training> found =
        state.finals().stream()
            .filter(training -> training.role().name().equals(FoundNetwork.FOUND))
            .toList();
    return (found.isEmpty() ? candidates(state) : found)
        .stream()
            .filter(training -> !training.failure().isEmpty())
            .map(
                training ->
                    new SearchResult.Failure(
                        training.role().name(), training.number(), training.failure()))
            .toList();
  }

  private static <S> FoundNetwork network(FinalsState<S> state, Training training) {
    long search =
        switch (training.role().name()) {
          case FoundNetwork.FOUND -> state.work().search();
          case FinalTrainings.RANDOM -> state.work().random();
          default -> 0;
        };
    long macs = training.candidate().macs();
    return new FoundNetwork(
        training.role().name(),
        training.number(),
        training.candidate().network(),
        training.trained().values(),
        training.trained().buffers(),
        training.trained().accuracy(),
        new FoundNetwork.Work(
            search, state.course().work(training.settings(), macs, 0, training.step())));
  }

  private static <S> List<Training> candidates(FinalsState<S> state) {
    return state.trials().stream()
        .filter(trial -> !trial.role().equals(FinalTrainings.RANDOM_CANDIDATE))
        .toList();
  }

  /** In a chart of its own: whatever weights a method shares are far less accurate. */
  private Section trials(FinalsState<S> state) {
    List<Training> candidates = candidates(state);
    List<Training> random = new ArrayList<>(state.trials());
    random.removeAll(candidates);
    List<Findings.Cloud> clouds = new ArrayList<>();
    if (!candidates.isEmpty()) {
      clouds.add(Findings.Cloud.of("candidates", candidates));
    }
    if (!random.isEmpty()) {
      clouds.add(Findings.Cloud.of(FinalTrainings.RANDOM, random));
    }
    int compared = clouds.size();
    List<Training> chosen =
        state.finals().stream()
            .filter(training -> training.role().name().equals(FoundNetwork.FOUND))
            .limit(1)
            .flatMap(
                found ->
                    candidates.stream()
                        .filter(trial -> trial.candidate().equals(found.candidate())))
            .toList();
    if (!chosen.isEmpty()) {
      clouds.add(Findings.Cloud.of("chosen", chosen));
    }
    return Findings.overCost("Trained alone, shortly, over cost", budget, clouds, compared);
  }

  private static Section best(List<Training> candidates) {
    List<Chart.Point> points = new ArrayList<>();
    double best = 0;
    for (Training trial : candidates) {
      best = Math.max(best, trial.trained().accuracy());
      points.add(new Chart.Point(trial.number() + 1, 100 * best));
    }
    return new Chart(
        "Best so far",
        "candidates",
        "validation accuracy, %",
        List.of(new Chart.Line("best so far", points, Chart.Style.CURVE)));
  }

  private static Section work(FinalsState.Work work) {
    return new Table(
        "Planned work",
        List.of("part", "multiply-accumulates"),
        List.of(
            List.of("finding candidates", Long.toString(work.own())),
            List.of("short trainings of candidates", Long.toString(work.contest())),
            List.of("the search in all", Long.toString(work.search())),
            List.of("random search, the baseline", Long.toString(work.random())),
            List.of("final trainings", Long.toString(work.finals()))));
  }
}
