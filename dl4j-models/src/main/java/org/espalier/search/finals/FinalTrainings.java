package org.espalier.search.finals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.espalier.network.ImageShape;
import org.espalier.search.FoundNetwork;
import org.espalier.tensor.Seeds;
import org.espalier.training.TrainingSettings;

/**
 * Which networks are trained from scratch, and how: candidates of the method and of random search
 * shortly, then the final networks of the search and of its baselines.
 *
 * @param own the method
 * @param settings of the trainings
 * @param contest how candidates are compared
 * @param <S> state of the method
 */
record FinalTrainings<S>(
    CandidateSearch<S, ?, ?, ?> own, FinalsSettings settings, Contest contest) {
  static final String RANDOM = "random search";
  static final String LONGER = ", trained longer";
  static final Training.Role RANDOM_CANDIDATE = new Training.Role("random candidate", 2, false);
  private static final String CANDIDATE = "candidate";
  // Final trainings of one number share a seed: equal networks are trained equally.
  private static final long FINAL = 3;
  private static final long DRAW = 41;
  private static final int FIRST_DRAW = 4;

  /** Final trainings of a role by this name. */
  static Training.Role finalRole(String name) {
    return new Training.Role(name, FINAL, true);
  }

  /** Refuses a reference named as something else is whose trainings stand beside its own. */
  void checkName(Reference reference) {
    if (List.of(FoundNetwork.FOUND, RANDOM).contains(reference.name())) {
      throw new IllegalArgumentException(
          "a reference must not be named '%s': final networks of another kind are"
              .formatted(reference.name()));
    }
  }

  /** Refuses images that an augmentation is not for. */
  void checkMeantFor(ImageShape images) {
    settings.trial().augmentation().checkMeantFor(images);
    settings.retrain().augmentation().checkMeantFor(images);
  }

  private Training.Role candidateRole() {
    return new Training.Role(CANDIDATE, 1, contest.keepsWeights());
  }

  /** Short trainings of candidates, and of random networks at the planned work of the search. */
  List<Training> trials(FinalsState<S> state) {
    List<Training> trials = new ArrayList<>();
    own.candidates(state.own()).stream()
        .limit(Math.max(0, contest.candidates()))
        .forEach(candidate -> trials.add(trial(state, candidateRole(), trials.size(), candidate)));
    if (own.drawsRandom() && settings.baselines().contains(Baseline.RANDOM)) {
      long work = state.work().search() + Retraining.workAhead(state.course(), trials);
      trials.addAll(random(state, work));
    }
    return trials;
  }

  private Training trial(
      FinalsState<S> state, Training.Role role, int number, Candidate candidate) {
    return Retraining.begin(
        state.seed(), role, number, candidate, candidate.training(settings.trial()));
  }

  private List<Training> random(FinalsState<S> state, long work) {
    for (int count = FIRST_DRAW; ; count *= 2) {
      List<Candidate> drawn = own.random(state.own(), count, Seeds.generator(state.seed(), DRAW));
      List<Training> trials = new ArrayList<>();
      long planned = 0;
      for (Candidate candidate : drawn) {
        if (planned < work) {
          trials.add(trial(state, RANDOM_CANDIDATE, trials.size(), candidate));
          planned += state.course().work(settings.trial(), candidate.macs());
        }
      }
      // What is within the budget may be exhausted before the work is.
      if (planned >= work || drawn.size() < count) {
        return trials;
      }
    }
  }

  /** Final trainings, once the contest is over. */
  List<Training> finals(FinalsState<S> state) {
    List<Reference> references = own.references(state.own());
    List<Training> finals = new ArrayList<>();
    for (int number = 0; number < settings.retrainings(); number++) {
      add(finals, state, FoundNetwork.FOUND, number, found(state), settings.retrain());
      for (Reference reference : references) {
        Optional<Candidate> candidate = Optional.of(reference.candidate());
        if (settings.baselines().contains(Baseline.UNIFORM)) {
          add(finals, state, reference.name(), number, candidate, settings.retrain());
        }
        if (settings.baselines().contains(Baseline.UNIFORM_LONGER)
            && reference.equals(references.get(0))) {
          TrainingSettings longer = settings.retrain().withEpochs(longerEpochs(state));
          add(finals, state, reference.name() + LONGER, number, candidate, longer);
        }
      }
      add(finals, state, RANDOM, number, best(state, RANDOM_CANDIDATE), settings.retrain());
    }
    return finals;
  }

  private static <S> void add(
      List<Training> finals,
      FinalsState<S> state,
      String name,
      int number,
      Optional<Candidate> candidate,
      TrainingSettings how) {
    candidate.ifPresent(
        each ->
            finals.add(
                Retraining.begin(state.seed(), finalRole(name), number, each, each.training(how))));
  }

  /** The best of the contest, or the method's first candidate if there was none. */
  Optional<Candidate> found(FinalsState<S> state) {
    return contest.candidates() < 1
        ? own.candidates(state.own()).stream().findFirst()
        : best(state, candidateRole());
  }

  /** Highest validation accuracy, then lowest validation loss, then first planned. */
  private Optional<Candidate> best(FinalsState<S> state, Training.Role role) {
    return state.trials().stream()
        .filter(training -> training.role().equals(role) && training.finished())
        .min(
            Comparator.comparingDouble((Training trial) -> -trial.trained().accuracy())
                .thenComparingDouble(trial -> trial.trained().loss())
                .thenComparingInt(Training::number))
        .map(Training::candidate);
  }

  /** Epochs by which the reference's trainings together take the search's work too. */
  private int longerEpochs(FinalsState<S> state) {
    long macs = own.references(state.own()).get(0).candidate().macs();
    long epoch = state.course().epochWork(settings.retrain(), macs);
    long extra = state.work().search() / Math.max(1, settings.retrainings());
    long epochs = settings.retrain().epochs() + (extra + epoch - 1) / epoch;
    return (int) Math.min(TrainingSettings.MOST_EPOCHS, epochs);
  }
}
