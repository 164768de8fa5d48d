package org.espalier.search.augment;

import java.util.List;
import java.util.Objects;
import org.espalier.search.WorkItem;
import org.espalier.search.finals.Stretch;

/**
 * An item of {@link DensitySearch}.
 *
 * @param seed of the item
 * @param plannedCost multiply-accumulates
 * @param label for people
 * @param task what is to be done
 */
record DensityItem(long seed, long plannedCost, String label, Task task) implements WorkItem {
  DensityItem {
    Objects.requireNonNull(task, "task");
  }

  /** What is to be done. */
  sealed interface Task {}

  /**
   * The network is trained.
   *
   * @param stretch of its training
   */
  record Train(Stretch stretch) implements Task {}

  /**
   * A policy is judged.
   *
   * @param picks that give it
   */
  record Judge(List<Integer> picks) implements Task {
    Judge {
      picks = List.copyOf(picks);
    }
  }
}
