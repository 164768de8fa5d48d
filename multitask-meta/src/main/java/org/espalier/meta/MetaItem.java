package org.espalier.meta;

import java.util.List;
import java.util.Objects;
import org.espalier.search.WorkItem;
import org.espalier.task.MetaPart;

/** A unit of meta-learning: some tasks, one after the other. */
sealed interface MetaItem extends WorkItem {
  /** The tasks. */
  List<Draw> tasks();

  /**
   * One task: its family and its seed.
   *
   * @param family its place among the families
   * @param seed of the task
   */
  record Draw(int family, long seed) {}

  /**
   * Adapts to each task and says how all should begin.
   *
   * @param seed of picks and orders
   * @param plannedCost as if each task picked what its family picked of late
   * @param label for people
   * @param tasks of meta-training
   */
  record Learn(long seed, long plannedCost, String label, List<Draw> tasks) implements MetaItem {
    public Learn {
      Objects.requireNonNull(label, "label");
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * Adapts to each task and says how good that was.
   *
   * @param seed of orders
   * @param plannedCost as of {@link Learn}
   * @param label for people
   * @param part whose classes are drawn
   * @param tasks that are judged
   * @param guides for each task the one whose embedding picks its network; usually itself
   */
  record Judge(
      long seed, long plannedCost, String label, MetaPart part, List<Draw> tasks, List<Draw> guides)
      implements MetaItem {
    public Judge {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(part, "part");
      tasks = List.copyOf(tasks);
      guides = List.copyOf(guides);
      if (tasks.size() != guides.size()) {
        throw new IllegalArgumentException(
            "%s tasks have %s guides".formatted(tasks.size(), guides.size()));
      }
    }
  }
}
