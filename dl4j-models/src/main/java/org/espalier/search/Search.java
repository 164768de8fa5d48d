package org.espalier.search;

import java.util.List;
import org.espalier.report.Section;

/**
 * One search method, cut where a cluster cuts it: a driver holds a state; each round it plans items
 * of work, executors perform them, and the driver folds what comes back into the next state.
 *
 * <p>The promise: the final state is the same to the last bit however many executors perform the
 * items, in whatever order they finish, whether or not some are lost and repeated, and whether or
 * not the driver is stopped and resumed (on one numeric platform, one thread an item). To keep it
 *
 * <ul>
 *   <li>states, views, items and results are immutable values;
 *   <li>every method here is a function of its arguments and of the search's settings: no clocks,
 *       no global random numbers, no hash order, nothing remembered in fields;
 *   <li>randomness in {@link #plan} and {@link #advance} comes from the seed and the round in the
 *       state, in {@link #perform} from the item's seed;
 *   <li>what {@link ItemContext#borrow} hands out is storage and compiled structure, never content.
 * </ul>
 *
 * @param <S> state of the driver: everything needed to go on
 * @param <V> view: what executors read in a round
 * @param <W> items of work; a sealed interface where a round has several kinds
 * @param <R> result of an item: a small record
 */
public interface Search<S, V, W extends WorkItem, R> {

  /** The state before the first round. Runs on the driver. */
  S start(SearchContext context);

  /**
   * The items of the coming round, at least one; their number and kinds may vary. An item takes at
   * most about two minutes: a long training is a chain of rounds whose items carry their own
   * weights, moments and data position.
   */
  List<W> plan(S state);

  /**
   * What executors need this round: never optimiser moments or history. Phases that need less send
   * less.
   */
  V view(S state);

  /** Names and lengths of the sums that this round's items may add to; by default none. */
  default SumShape sums(S state) {
    return SumShape.NONE;
  }

  /**
   * Performs one item on an executor: a pure function of view, item and data. What goes wrong for
   * those reasons (a loss that is not finite, an infeasible candidate) is returned as {@link
   * Contribution#failure}. What goes wrong for the executor's reasons (no memory, an unreadable
   * file) is thrown, so that the item is performed again elsewhere.
   */
  Contribution<R> perform(V view, W item, ItemContext context);

  /** The next state, from the items' outcomes in item order and the folded sums. */
  S advance(S state, RoundResult<W, R> round);

  /** Whether no round is left. */
  boolean finished(S state);

  /** What was found, from a finished state; no training here. */
  SearchResult result(S state);

  /** What can be told of a state that is not finished, for people who look at a run as it goes. */
  default List<Section> soFar(S state) {
    return List.of();
  }

  /** How far a state is and how good, for people. */
  Progress progress(S state);

  /** Upper bounds on what the largest of the rounds ahead moves, known before anything starts. */
  RoundBytes largestRound(S state);

  /** How states, views, items and results become bytes. */
  SearchCodecs<S, V, W, R> codecs();
}
