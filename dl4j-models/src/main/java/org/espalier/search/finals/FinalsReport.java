package org.espalier.search.finals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.augment.Policy;
import org.espalier.cost.Budget;
import org.espalier.report.Chart;
import org.espalier.report.Folded;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.Assessment;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchResult;
import org.espalier.search.finals.FinalsState.Phase;

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

  private static final String TRIAL = "trial";
  private static final String RETRAIN = "retrain";

  SearchResult result(FinalsState<S> state) {
    return new SearchResult(
        networks(state),
        own.artefacts(state.own()),
        failures(state),
        assessments(state),
        own.remarks(state.own()),
        sections(state));
  }

  /** What is known of a state, whether it is finished or not. */
  List<Section> sections(FinalsState<S> state) {
    List<Reference> finals =
        state.finals().stream()
            .filter(each -> each.number() == 0)
            .map(training -> new Reference(training.role().name(), training.candidate()))
            .toList();
    boolean known = state.phase() == Phase.DONE || !finals.isEmpty();
    List<Section> sections =
        new ArrayList<>(known ? own.report(state.own(), finals) : own.soFar(state.own()));
    charts(state, sections);
    sections.add(new Folded("Planned work", List.of(work(state.work()))));
    if (!state.trials().isEmpty()) {
      sections.add(
          new Folded(
              "Short trainings", List.of(Findings.table("One a candidate", state.trials()))));
    }
    if (!state.finals().isEmpty()) {
      sections.add(
          new Folded("Final trainings", List.of(Findings.table("One a seed", state.finals()))));
    }
    return Stream.of(false, true)
        .flatMap(folded -> sections.stream().filter(each -> each instanceof Folded == folded))
        .toList();
  }

  private void charts(FinalsState<S> state, List<Section> sections) {
    if (!ofPolicies(state) && state.trials().stream().anyMatch(Training::finished)) {
      sections.add(trials(state));
    }
    List<Training> candidates = candidates(state).stream().filter(Training::finished).toList();
    if (candidates.size() >= MANY) {
      sections.add(best(candidates));
    }
    Map<String, List<Assessment>> phases = new LinkedHashMap<>();
    for (Assessment each : assessments(state)) {
      phases.computeIfAbsent(each.phase(), phase -> new ArrayList<>()).add(each);
    }
    phases.remove(RETRAIN);
    if (ofPolicies(state)) {
      phases.clear();
    }
    phases.forEach(
        (phase, assessed) -> {
          String how = phase.equals(TRIAL) ? "trained alone, shortly" : phase;
          CandidateAxes.of("Candidates, " + how, assessed).ifPresent(sections::add);
        });
    if (!state.finals().isEmpty()) {
      sections.add(Findings.curves("Final trainings, every seed", state.finals()));
    }
  }

  /**
   * Whether candidates are one network with different policies, over whose cost nothing is seen.
   */
  private static <S> boolean ofPolicies(FinalsState<S> state) {
    return Stream.concat(state.trials().stream(), state.finals().stream())
        .anyMatch(each -> !(each.candidate().policy() instanceof Policy.None));
  }

  /** Every look at a candidate: the method's own, then short trainings, then final ones. */
  private List<Assessment> assessments(FinalsState<S> state) {
    List<Assessment> assessments = new ArrayList<>(own.assessed(state.own()));
    state
        .trials()
        .forEach(each -> assessments.add(Findings.assessment(state.course(), TRIAL, each)));
    state
        .finals()
        .forEach(each -> assessments.add(Findings.assessment(state.course(), RETRAIN, each)));
    return assessments.stream()
        .map(
            each ->
                each.choosing(
                    found(state).filter(found -> isNamed(found, each)).map(Candidate::network)))
        .toList();
  }

  /** Candidates that differ in their policy alone are told apart by what they are called. */
  private static boolean isNamed(Candidate candidate, Assessment assessment) {
    return candidate.policy() instanceof Policy.None
        || candidate.description().equals(assessment.description());
  }

  /** The candidate that is trained to the end as what was found. */
  private static <S> Optional<Candidate> found(FinalsState<S> state) {
    return state.finals().stream()
        .filter(training -> training.role().name().equals(FoundNetwork.FOUND))
        .map(Training::candidate)
        .findFirst();
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
        "",
        "",
        training.candidate().description(),
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
    return Findings.overCost(
        "Trained alone, shortly, over cost", budget, clouds, clouds.size(), found(state));
  }

  private static Section best(List<Training> candidates) {
    List<Chart.Point> points = new ArrayList<>();
    double best = 0;
    for (Training trial : candidates) {
      best = Math.max(best, trial.trained().accuracy());
      points.add(new Chart.Point(points.size() + 1, 100 * best));
    }
    return new Chart(
        "Best so far",
        "candidates",
        "validation accuracy, %",
        List.of(new Chart.Line("best so far", points, Chart.Style.CURVE)));
  }

  private static Section work(FinalsState.Work work) {
    return new Table(
        "By phase",
        List.of("part", "multiply-accumulates"),
        List.of(
            List.of("finding candidates", Long.toString(work.own())),
            List.of("short trainings of candidates", Long.toString(work.contest())),
            List.of("the search in all", Long.toString(work.search())),
            List.of("random search, the baseline", Long.toString(work.random())),
            List.of("final trainings", Long.toString(work.finals()))));
  }
}
