package org.espalier.search.width;

import org.espalier.search.WorkItem;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.storage.Floats;

/** What passes between driver and executors in a round of {@link AffineSharingSearch}. */
final class WidthRound {
  private WidthRound() {}

  /**
   * What executors read.
   *
   * @param space the networks
   * @param values shared ones
   * @param angle of the transition
   * @param maps those learned; empty where sharing has a closed form
   */
  record View(WidthSpace space, Floats values, double angle, LearnedMaps maps) {}

  /** A unit of work. */
  sealed interface Item extends WorkItem {}

  /**
   * Work on the supernet.
   *
   * @param item which
   */
  record Shared(SupernetItem item) implements Item, WorkItem.Wrapped {}

  /**
   * Steps that part the learned maps of one layer.
   *
   * @param seed of the item alone, as every item has; nothing in it is random
   * @param plannedCost multiply-accumulates
   * @param position of the layer's width
   * @param outputs whether these are the maps of outputs, or those of inputs
   * @param steps how many
   */
  record Parting(long seed, long plannedCost, int position, boolean outputs, int steps)
      implements Item {
    @Override
    public String label() {
      return "%s steps of the %s maps of width %s"
          .formatted(steps, outputs ? "output" : "input", position + 1);
    }
  }

  /** What an item found. */
  sealed interface Result {}

  /**
   * Of work on the supernet.
   *
   * @param result what it found
   */
  record Found(SupernetResult result) implements Result {}

  /**
   * Of steps that part maps.
   *
   * @param columns of all candidates, as {@link LearnedMaps} has them
   */
  record Parted(Floats columns) implements Result {}
}
