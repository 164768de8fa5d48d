package org.espalier.search.rounds;

/**
 * Hears what a {@link SearchDriver} does: progress, events, checkpoints.
 *
 * @param <S> state of the search
 */
public interface SearchListener<S> {
  /**
   * A round begins.
   *
   * @param before where the search stands
   * @param items planned
   * @param plannedCost of all of them, in multiply-accumulates
   */
  default void roundPlanned(Position<S> before, int items, long plannedCost) {}

  /**
   * A group of items is finished; called by any thread.
   *
   * @param round number of the round
   * @param costDone planned cost of the groups finished in this round
   * @param plannedCost of the whole round
   */
  default void groupFinished(int round, long costDone, long plannedCost) {}

  /**
   * A round is finished: the place to write a checkpoint. The next round begins when this returns.
   */
  default void roundFinished(Position<S> after, RoundReport report) {}
}
