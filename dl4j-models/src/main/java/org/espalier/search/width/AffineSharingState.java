package org.espalier.search.width;

import java.util.List;
import java.util.Objects;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Training;
import org.espalier.search.policy.Policy;
import org.espalier.search.space.Candidate;
import org.espalier.search.space.WidthSpace;
import org.espalier.storage.Floats;

/**
 * State of {@link AffineSharingSearch}.
 *
 * @param seed of the search
 * @param round number of the next round
 * @param phase what is being done
 * @param space the networks
 * @param course how long trainings take
 * @param uniform the baseline's network
 * @param shared what all widths share; empty after the ranking
 * @param policy what it has learned of widths
 * @param log of each round of the supernet
 * @param ranking candidates, before and after they were judged
 * @param trials of the winners and of random search
 * @param retrainings of the found network and of the baselines
 * @param work planned so far
 */
record AffineSharingState(
    long seed,
    int round,
    Phase phase,
    WidthSpace space,
    Course course,
    Candidate uniform,
    Shared shared,
    Policy policy,
    List<RoundLog> log,
    List<Ranked> ranking,
    List<Training> trials,
    List<Training> retrainings,
    Work work) {
  /** What is being done. */
  enum Phase {
    SUPERNET,
    RANK,
    TUNE,
    TRIAL,
    RETRAIN,
    DONE
  }

  /**
   * What all widths share.
   *
   * @param values of the supernet, in its layout
   * @param velocity of the values, likewise
   * @param maps those learned; empty where sharing has a closed form
   */
  record Shared(Floats values, Floats velocity, LearnedMaps maps) {
    static final Shared NONE = new Shared(Floats.EMPTY, Floats.EMPTY, LearnedMaps.NONE);
  }

  /**
   * Planned work so far, in multiply-accumulates.
   *
   * @param supernet training it and judging samples
   * @param ranking candidates
   * @param winners their short trainings
   * @param random short trainings of random search, the baseline
   * @param retraining final networks
   */
  record Work(long supernet, long ranking, long winners, long random, long retraining) {
    static final Work NONE = new Work(0, 0, 0, 0, 0);

    /** What the search took, its baselines and the final trainings apart. */
    long search() {
      return supernet + ranking + winners;
    }

    long all() {
      return search() + random + retraining;
    }

    Work plus(Work more) {
      return new Work(
          supernet + more.supernet,
          ranking + more.ranking,
          winners + more.winners,
          random + more.random,
          retraining + more.retraining);
    }
  }

  AffineSharingState {
    Objects.requireNonNull(phase, "phase");
    log = List.copyOf(log);
    ranking = List.copyOf(ranking);
    trials = List.copyOf(trials);
    retrainings = List.copyOf(retrainings);
  }

  /** The trainings of this phase. */
  List<Training> current() {
    return phase == Phase.TRIAL ? trials : retrainings;
  }

  AffineSharingState with(Shared changed, Policy learned, List<RoundLog> logged) {
    return new AffineSharingState(
        seed,
        round,
        phase,
        space,
        course,
        uniform,
        changed,
        learned,
        logged,
        ranking,
        trials,
        retrainings,
        work);
  }

  AffineSharingState with(Phase next, List<Ranked> ranked) {
    return new AffineSharingState(
        seed,
        round,
        next,
        space,
        course,
        uniform,
        next == Phase.RANK || next == Phase.TUNE ? shared : Shared.NONE,
        policy,
        log,
        ranked,
        trials,
        retrainings,
        work);
  }

  AffineSharingState with(Phase next, List<Training> tried, List<Training> retrained) {
    return new AffineSharingState(
        seed, round, next, space, course, uniform, shared, policy, log, ranking, tried, retrained,
        work);
  }

  /** A round later. */
  AffineSharingState after(Work more) {
    return new AffineSharingState(
        seed,
        round + 1,
        phase,
        space,
        course,
        uniform,
        shared,
        policy,
        log,
        ranking,
        trials,
        retrainings,
        work.plus(more));
  }
}
