package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.espalier.search.finals.Retraining;
import org.espalier.search.finals.Role;
import org.espalier.search.finals.Training;
import org.espalier.search.space.Candidate;
import org.espalier.search.space.FeasibleWidths;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Seeds;
import org.espalier.training.TrainingSettings;

/**
 * Trainings from scratch: winners of the ranking and random search shortly, then the final networks
 * of the search and of its baselines.
 *
 * @param settings of the search
 */
record Contest(AffineSharingSettings settings) {
  static final Role WINNER = new Role("winner", 1, false);
  static final Role RANDOM_TRIAL = new Role("random trial", 2, false);
  // Final trainings of one number share a seed: equal networks are trained equally.
  static final Role FOUND = new Role("found", 3, true);
  static final Role UNIFORM = new Role("uniform widths", 3, true);
  static final Role LONGER = new Role("uniform widths, trained longer", 3, true);
  static final Role RANDOM = new Role("random search", 3, true);

  /** In the order of the report. */
  static final List<Role> FINAL = List.of(FOUND, UNIFORM, LONGER, RANDOM);

  private static final long DRAW = 41;

  /** Short trainings of the winners, and of random networks at the planned work of the search. */
  List<Training> trials(AffineSharingState state, PricedChoices choices) {
    List<Training> trials = new ArrayList<>(winners(state));
    if (settings.baselines().contains(Baseline.RANDOM)) {
      long work = state.work().search() + work(state, trials);
      trials.addAll(random(state, choices, work));
    }
    return trials;
  }

  private List<Training> winners(AffineSharingState state) {
    int count = Math.min(settings.ranking().winners(), state.ranking().size());
    List<Training> winners = new ArrayList<>();
    for (int i = 0; i < count && count > 1; i++) {
      winners.add(Retraining.begin(state.seed(), WINNER, i, state.ranking().get(i).candidate()));
    }
    return winners;
  }

  private List<Training> random(AffineSharingState state, PricedChoices choices, long work) {
    for (int count = 4; ; count *= 2) {
      List<List<Integer>> drawn =
          FeasibleWidths.sample(state.space(), choices, count, Seeds.generator(state.seed(), DRAW));
      List<Training> trials = new ArrayList<>();
      long planned = 0;
      for (List<Integer> picks : drawn) {
        if (planned < work) {
          Candidate candidate = Candidate.of(state.space(), state.space().widths(picks));
          trials.add(Retraining.begin(state.seed(), RANDOM_TRIAL, trials.size(), candidate));
          planned += state.course().work(settings.trial(), candidate.macs());
        }
      }
      // What is within the budget may be exhausted before the work is.
      if (planned >= work || drawn.size() < count) {
        return trials;
      }
    }
  }

  private long work(AffineSharingState state, List<Training> trainings) {
    return Retraining.workAhead(state.course(), trainings, training -> how(training, 0));
  }

  /** Final trainings, once it is known what was found. */
  List<Training> retrainings(AffineSharingState state) {
    List<Training> retrainings = new ArrayList<>();
    for (int number = 0; number < settings.retrainings(); number++) {
      add(retrainings, state, FOUND, number, found(state));
      if (settings.baselines().contains(Baseline.UNIFORM)) {
        add(retrainings, state, UNIFORM, number, Optional.of(state.uniform()));
      }
      if (settings.baselines().contains(Baseline.UNIFORM_LONGER)) {
        add(retrainings, state, LONGER, number, Optional.of(state.uniform()));
      }
      add(retrainings, state, RANDOM, number, best(state.trials(), RANDOM_TRIAL));
    }
    return retrainings;
  }

  private static void add(
      List<Training> retrainings,
      AffineSharingState state,
      Role role,
      int number,
      Optional<Candidate> candidate) {
    candidate.ifPresent(
        each -> retrainings.add(Retraining.begin(state.seed(), role, number, each)));
  }

  /** The best winner, or the first of the ranking if there was no contest. */
  static Optional<Candidate> found(AffineSharingState state) {
    return best(state.trials(), WINNER)
        .or(() -> state.ranking().stream().findFirst().map(Ranked::candidate));
  }

  /** Highest validation accuracy, then lowest validation loss, then first planned. */
  private static Optional<Candidate> best(List<Training> trials, Role role) {
    return trials.stream()
        .filter(training -> training.role().equals(role) && training.finished())
        .min(
            Comparator.comparingDouble((Training trial) -> -trial.trained().accuracy())
                .thenComparingDouble(trial -> trial.trained().loss())
                .thenComparingInt(Training::number))
        .map(Training::candidate);
  }

  /** How a training is done. */
  TrainingSettings how(Training training, int longerEpochs) {
    if (training.role().equals(LONGER)) {
      return settings.retrain().withEpochs(longerEpochs);
    }
    return training.role().keepsWeights() ? settings.retrain() : settings.trial();
  }

  /** Epochs by which the uniform network's trainings together take the search's work too. */
  int longerEpochs(AffineSharingState state) {
    TrainingSettings one = settings.retrain().withEpochs(1);
    long epoch = state.course().work(one, state.uniform().macs());
    long extra = state.work().search() / Math.max(1, settings.retrainings());
    return Math.toIntExact(settings.retrain().epochs() + (extra + epoch - 1) / epoch);
  }
}
