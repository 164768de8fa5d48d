package org.espalier.search.cell;

import org.espalier.search.RoundResult;
import org.espalier.search.WorkItem;
import org.espalier.search.policy.IndependentChoices;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;

/** What passes between driver and executors in a round of {@link CellSearch}, beside the view. */
final class CellRound {
  private CellRound() {}

  /** A unit of work. */
  sealed interface Item extends WorkItem {}

  /**
   * Work on the supernet.
   *
   * @param item which
   */
  record Shared(SupernetItem item) implements Item, WorkItem.Wrapped {}

  /**
   * How sharply the validation loss of the full mixture bends along the logits.
   *
   * @param judge the path that computes everything; its cost is that of all gradients, and the seed
   *     of its images is that of the first direction, too
   * @param logits at which it is asked
   */
  record Curvature(SupernetItem.Judge judge, IndependentChoices logits)
      implements Item, WorkItem.Wrapped {
    @Override
    public WorkItem item() {
      return judge;
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
   * Of a curvature.
   *
   * @param value the largest eigenvalue, in nats
   */
  record Eigenvalue(double value) implements Result {}

  /** The part of a round that was work on the supernet. */
  static RoundResult<SupernetItem, SupernetResult> ofSupernet(RoundResult<Item, Result> round) {
    return new RoundResult<>(
            round.items().stream().filter(each -> each.item() instanceof Shared).toList(),
            round.totals())
        .map(item -> ((Shared) item).item(), result -> ((Found) result).result());
  }
}
