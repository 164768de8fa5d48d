package org.espalier.search.finals;

import java.util.List;
import java.util.Objects;

/**
 * State of a {@link FinalsSearch}.
 *
 * @param seed of the search
 * @param phase what is being done
 * @param own the method's state
 * @param course how long trainings take
 * @param trials short trainings of candidates and of random search
 * @param finals final trainings of the found network and of the baselines
 * @param work planned so far
 * @param <S> state of the method
 */
public record FinalsState<S>(
    long seed,
    Phase phase,
    S own,
    Course course,
    List<Training> trials,
    List<Training> finals,
    Work work) {
  /** What is being done. */
  public enum Phase {
    SEARCH,
    TRIAL,
    RETRAIN,
    DONE
  }

  /**
   * Planned work so far, in multiply-accumulates.
   *
   * @param own of the method, until its candidates were known
   * @param contest short trainings of candidates
   * @param random short trainings of random search, the baseline
   * @param finals final trainings
   */
  public record Work(long own, long contest, long random, long finals) {
    static final Work NONE = new Work(0, 0, 0, 0);

    /** What it took to find a network, baselines and final trainings apart. */
    public long search() {
      return own + contest;
    }

    long all() {
      return own + contest + random + finals;
    }

    Work plus(Work more) {
      return new Work(
          own + more.own, contest + more.contest, random + more.random, finals + more.finals);
    }
  }

  public FinalsState {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(own, "own");
    Objects.requireNonNull(course, "course");
    Objects.requireNonNull(work, "work");
    trials = List.copyOf(trials);
    finals = List.copyOf(finals);
  }

  /** The trainings of this phase. */
  List<Training> current() {
    return phase == Phase.TRIAL ? trials : finals;
  }

  FinalsState<S> with(S changed) {
    return new FinalsState<>(seed, phase, changed, course, trials, finals, work);
  }

  FinalsState<S> with(Phase next, List<Training> tried, List<Training> trained) {
    return new FinalsState<>(seed, next, own, course, tried, trained, work);
  }

  FinalsState<S> plus(Work more) {
    return new FinalsState<>(seed, phase, own, course, trials, finals, work.plus(more));
  }
}
