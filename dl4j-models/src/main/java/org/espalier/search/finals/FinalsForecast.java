package org.espalier.search.finals;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.finals.FinalsState.Phase;
import org.espalier.training.TrainingSettings;

/**
 * What is ahead of a search: work, as far as it can be known, and bytes, as upper bounds. Networks
 * that are not known yet are taken to cost what the method's reference does, or its largest one if
 * it has no reference.
 *
 * @param own the method
 * @param settings of the trainings
 * @param contest how candidates are compared
 * @param <S> state of the method
 */
record FinalsForecast<S>(
    CandidateSearch<S, ?, ?, ?> own, FinalsSettings settings, Contest contest) {
  private static final String BEST = "best validation accuracy, percent";

  /** Of a contest among more candidates than can be counted ahead: leaves room for sums. */
  private static final long MOST = Long.MAX_VALUE >> 8;

  Progress progress(FinalsState<S> state) {
    Progress ofMethod = own.progress(state.own());
    boolean searching = state.phase() == Phase.SEARCH;
    OptionalDouble best =
        Stream.concat(state.trials().stream(), state.finals().stream())
            .filter(Training::finished)
            .mapToDouble(training -> 100 * training.trained().accuracy())
            .max();
    long done = state.work().all();
    return new Progress(
        searching ? ofMethod.phase() : state.phase().name().toLowerCase(Locale.ROOT),
        done,
        done + ahead(state, ofMethod.workPlanned() - ofMethod.workDone()),
        best.isPresent()
            ? List.of(new Progress.Measure(BEST, best.getAsDouble()))
            : ofMethod.measures());
  }

  private long ahead(FinalsState<S> state, long ofMethod) {
    return switch (state.phase()) {
      case SEARCH -> {
        long trials = ofMethod + contestWork(state);
        long search = state.work().search() + trials;
        long random = own.drawsRandom() && hasBaseline(Baseline.RANDOM) ? search : 0;
        yield trials + random + finals(state, search);
      }
      case TRIAL -> {
        long trials = Retraining.workAhead(state.course(), state.trials());
        yield trials + finals(state, state.work().search() + trials);
      }
      case RETRAIN -> Retraining.workAhead(state.course(), state.finals());
      case DONE -> 0;
    };
  }

  private boolean hasBaseline(Baseline baseline) {
    return settings.baselines().contains(baseline);
  }

  private long contestWork(FinalsState<S> state) {
    long candidates = Math.max(0, contest.candidates());
    if (own.finished(state.own())) {
      candidates = Math.min(candidates, own.candidates(state.own()).size());
    }
    return saturated(candidates, state.course().work(settings.trial(), macs(state)));
  }

  private static long saturated(long count, long each) {
    return each > 0 && count > MOST / each ? MOST : count * each;
  }

  private long finals(FinalsState<S> state, long search) {
    int references = own.references(state.own()).size();
    boolean longer = references > 0 && hasBaseline(Baseline.UNIFORM_LONGER);
    int roles =
        1
            + (hasBaseline(Baseline.UNIFORM) ? references : 0)
            + (longer ? 1 : 0)
            + (own.drawsRandom() && hasBaseline(Baseline.RANDOM) ? 1 : 0);
    long each = state.course().work(settings.retrain(), macs(state));
    return roles * settings.retrainings() * each + (longer ? search : 0);
  }

  private long macs(FinalsState<S> state) {
    return own.references(state.own()).stream()
        .findFirst()
        .map(Reference::candidate)
        .orElseGet(() -> own.largest(state.own()))
        .macs();
  }

  /** Upper bounds on what the largest of the rounds ahead moves. */
  RoundBytes largestRound(FinalsState<S> state) {
    RoundBytes ofMethod = own.largestRound(state.own());
    long training = TrainingBytes.of(own.largest(state.own()), epochs(state));
    long trainings =
        contest.perRound()
            * own.references(state.own()).stream()
                .mapToLong(each -> TrainingBytes.of(each.candidate(), epochs(state)))
                .reduce(training, Math::max);
    return new RoundBytes(
        ofMethod.view() + 1,
        Math.max(ofMethod.items(), trainings),
        ofMethod.sums(),
        Math.max(ofMethod.results(), trainings));
  }

  /** The most epochs of a training; those that follow from the work of a search generously. */
  private int epochs(FinalsState<S> state) {
    int given = Math.max(settings.trial().epochs(), settings.retrain().epochs());
    if (own.references(state.own()).isEmpty() || !hasBaseline(Baseline.UNIFORM_LONGER)) {
      return given;
    }
    Progress ofMethod = own.progress(state.own());
    long search = ofMethod.workPlanned() + contestWork(state);
    long epoch = state.course().epochWork(settings.retrain(), macs(state));
    long most = given + 2 * search / Math.max(1, settings.retrainings()) / epoch + 1;
    return (int) Math.min(TrainingSettings.MOST_EPOCHS, most);
  }
}
