package org.espalier.search.width;

import java.util.List;
import java.util.Objects;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Reference;
import org.espalier.search.policy.Policy;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.SupernetRounds;
import org.espalier.storage.Floats;

/**
 * State of {@link AffineSharingSearch}.
 *
 * @param seed of the search
 * @param round number of the next round
 * @param phase what is being done
 * @param space the networks
 * @param course how many images there are to learn from and to judge by
 * @param uniform the network that one would take without a search
 * @param shared what all widths share; empty after the ranking
 * @param policy what it has learned of widths
 * @param log of each round of the supernet
 * @param ranking candidates, before and after they were judged
 * @param work planned so far
 */
record AffineSharingState(
    long seed,
    int round,
    Phase phase,
    WidthSpace space,
    Course course,
    Reference uniform,
    Shared shared,
    Policy policy,
    List<Log> log,
    List<Ranked> ranking,
    Work work) {
  /** What is being done. */
  enum Phase {
    SUPERNET,
    RANK,
    TUNE,
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
   */
  record Work(long supernet, long ranking) {
    static final Work NONE = new Work(0, 0);

    long all() {
      return supernet + ranking;
    }
  }

  /**
   * What a round of the supernet looked like, for the report.
   *
   * @param round of training and learning
   * @param angle of the transition, in radians
   * @param level of sharing, mean over choices
   */
  record Log(SupernetRounds.Log round, double angle, SharingLevel level) {}

  AffineSharingState {
    Objects.requireNonNull(phase, "phase");
    log = List.copyOf(log);
    ranking = List.copyOf(ranking);
  }

  AffineSharingState with(Shared changed, Policy learned, List<Log> logged) {
    return new AffineSharingState(
        seed, round, phase, space, course, uniform, changed, learned, logged, ranking, work);
  }

  /** Shared weights are let go with the last phase that reads them. */
  AffineSharingState with(Phase next, List<Ranked> ranked) {
    Shared kept = next == Phase.DONE ? Shared.NONE : shared;
    return new AffineSharingState(
        seed, round, next, space, course, uniform, kept, policy, log, ranked, work);
  }

  /** A round later. */
  AffineSharingState after(Work more) {
    Work sum = new Work(work.supernet() + more.supernet(), work.ranking() + more.ranking());
    return new AffineSharingState(
        seed, round + 1, phase, space, course, uniform, shared, policy, log, ranking, sum);
  }
}
