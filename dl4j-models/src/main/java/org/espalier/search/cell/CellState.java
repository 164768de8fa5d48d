package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.espalier.network.ImageShape;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Reference;
import org.espalier.search.policy.Policy;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.SupernetRounds;
import org.espalier.storage.Floats;

/**
 * State of {@link CellSearch}.
 *
 * @param seed of the search
 * @param images what the networks read and tell apart
 * @param course how many images there are to learn from and to judge by
 * @param reference the network that one would take without a search
 * @param at what is being done
 * @param race which options are still in it
 * @param shared weights; empty after the ranking
 * @param policy what it has learned
 * @param turn what the guard has done in this stage
 * @param log of each round of supernets
 * @param pruned what each stage that is over has come to
 * @param ranking candidates, before and after they were judged
 * @param work planned so far
 */
record CellState(
    long seed,
    Images images,
    Course course,
    Reference reference,
    At at,
    Race race,
    Shared shared,
    Policy policy,
    Turn turn,
    List<Log> log,
    List<Pruned> pruned,
    List<Ranked> ranking,
    Work work) {
  CellState {
    Objects.requireNonNull(at, "at");
    log = List.copyOf(log);
    pruned = List.copyOf(pruned);
    ranking = List.copyOf(ranking);
  }

  /** What the networks read and tell apart. */
  record Images(ImageShape shape, int classes) {}

  /** What is being done. */
  enum Phase {
    SUPERNET,
    CHECK,
    RANK,
    TUNE,
    DONE
  }

  /**
   * Where the search is.
   *
   * @param stage its number, from 0
   * @param round of the phase, from 0
   */
  record At(Phase phase, int stage, int round) {}

  /**
   * Which options are still in the race, for each choice.
   *
   * @param laidOut those that the shared weights are laid out for
   * @param kept those that picks are of, among them
   */
  record Race(List<List<Integer>> laidOut, List<List<Integer>> kept) {
    Race {
      laidOut = laidOut.stream().map(List::copyOf).toList();
      kept = kept.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Shared weights.
   *
   * @param values in the layout of the stage
   * @param velocity of the values
   */
  record Shared(Floats values, Floats velocity) {
    static final Shared NONE = new Shared(Floats.EMPTY, Floats.EMPTY);

    static Shared at(Floats values) {
      return new Shared(values, Floats.of(new float[values.size()]));
    }
  }

  /**
   * What the guard has done in this stage.
   *
   * @param raised what the dropout behind skip connections was raised by
   * @param saved the one point that the stage can be taken back to; empty before its warm-up is
   *     over, and once it was
   * @param restored whether operations have come back after pruning
   * @param stable rounds in which the order of operations has not changed
   * @param readings of the eigenvalue, those that {@link RisingEigenvalue} looks at
   */
  record Turn(
      double raised, List<Saved> saved, boolean restored, int stable, List<Reading> readings) {
    static final Turn NONE = new Turn(0, List.of(), false, 0, List.of());

    Turn saved(Saved point) {
      return new Turn(raised, List.of(point), restored, stable, readings);
    }

    Turn withoutSaved() {
      return new Turn(raised, List.of(), restored, stable, readings);
    }

    Turn withRestored() {
      return new Turn(raised, saved, true, stable, readings);
    }

    Turn withStable(int rounds) {
      return new Turn(raised, saved, restored, rounds, readings);
    }

    Turn reading(Reading reading) {
      return new Turn(
          raised, saved, restored, stable, new RisingEigenvalue(readings).and(reading).readings());
    }
  }

  /**
   * A look at the curvature of the validation loss.
   *
   * @param eigenvalue the largest one of the Hessian by the logits, in nats
   * @param policy whose logits they were
   */
  record Reading(double eigenvalue, Policy policy) {}

  /** What a stage can be taken back to. */
  record Saved(Shared shared, Policy policy) {}

  /**
   * What a round looked like, for the report.
   *
   * @param stage its number, from 0
   * @param round of training and learning
   * @param skips skip connections of the normal cell that is the most probable one
   * @param expectedSkips the same of a sample, on average
   * @param cost of the most probable cell, as a share of the budget
   * @param expectedCost the same of a sample, on average
   * @param skipDropout behind skip connections
   * @param eigenvalue the largest one of the Hessian of the validation loss by the logits, before
   *     the round; empty where it was not looked at
   * @param marginals probability of each kept option
   */
  record Log(
      int stage,
      SupernetRounds.Log round,
      int skips,
      double expectedSkips,
      double cost,
      double expectedCost,
      double skipDropout,
      List<Double> eigenvalue,
      List<List<Double>> marginals) {}

  /**
   * What a stage has come to.
   *
   * @param kept the options that it began with
   * @param marginals their probabilities at its end
   * @param after the options that stayed
   * @param why it ended
   * @param rolledBack whether it was taken back once
   * @param restored whether operations came back after pruning
   * @param before accuracy of samples with shared weights before pruning, a share
   * @param checked the same after it; empty if it was not looked at
   */
  record Pruned(
      List<List<Integer>> kept,
      List<List<Double>> marginals,
      List<List<Integer>> after,
      String why,
      boolean rolledBack,
      boolean restored,
      double before,
      List<Double> checked) {}

  /**
   * Planned work so far, in multiply-accumulates.
   *
   * @param supernet training and judging samples
   * @param ranking candidates
   */
  record Work(long supernet, long ranking) {
    static final Work NONE = new Work(0, 0);

    Work plus(Work more) {
      return new Work(supernet + more.supernet, ranking + more.ranking);
    }

    long all() {
      return supernet + ranking;
    }
  }

  CellState with(At next) {
    return new CellState(
        seed, images, course, reference, next, race, shared, policy, turn, log, pruned, ranking,
        work);
  }

  CellState with(Race next) {
    return new CellState(
        seed, images, course, reference, at, next, shared, policy, turn, log, pruned, ranking,
        work);
  }

  CellState with(Shared changed, Policy learned) {
    return new CellState(
        seed, images, course, reference, at, race, changed, learned, turn, log, pruned, ranking,
        work);
  }

  CellState with(Turn next) {
    return new CellState(
        seed, images, course, reference, at, race, shared, policy, next, log, pruned, ranking,
        work);
  }

  CellState logged(Log round) {
    List<Log> more = new ArrayList<>(log);
    more.add(round);
    return new CellState(
        seed, images, course, reference, at, race, shared, policy, turn, more, pruned, ranking,
        work);
  }

  CellState logged(Pruned stage) {
    List<Pruned> more = new ArrayList<>(pruned);
    more.add(stage);
    return new CellState(
        seed, images, course, reference, at, race, shared, policy, turn, log, more, ranking, work);
  }

  /**
   * What came of looking at what a stage dropped.
   *
   * @param accuracy of samples with what stayed
   * @param after the options that stay
   * @param restored whether some came back
   */
  CellState checked(double accuracy, List<List<Integer>> after, boolean restored) {
    List<Pruned> stages = new ArrayList<>(pruned);
    Pruned last = stages.remove(stages.size() - 1);
    stages.add(
        new Pruned(
            last.kept(),
            last.marginals(),
            after,
            last.why(),
            last.rolledBack(),
            restored,
            last.before(),
            List.of(accuracy)));
    return new CellState(
        seed, images, course, reference, at, race, shared, policy, turn, log, stages, ranking,
        work);
  }

  CellState ranked(List<Ranked> candidates) {
    return new CellState(
        seed,
        images,
        course,
        reference,
        at,
        race,
        shared,
        policy,
        turn,
        log,
        pruned,
        candidates,
        work);
  }

  CellState plus(Work more) {
    return new CellState(
        seed,
        images,
        course,
        reference,
        at,
        race,
        shared,
        policy,
        turn,
        log,
        pruned,
        ranking,
        work.plus(more));
  }
}
