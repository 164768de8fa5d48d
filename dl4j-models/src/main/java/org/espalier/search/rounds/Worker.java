package org.espalier.search.rounds;

import org.espalier.search.DataLoader;
import org.espalier.search.WorkItem;

/** The surroundings in which items are performed: one per process, shared by its threads. */
public interface Worker {
  /** Where data come from. */
  DataLoader data();

  /** What is warm here. */
  WarmCache cache();

  /** The numeric platform in one line: results are the same to the bit only where this is equal. */
  String platform();

  /** Called before each item. */
  default void beforeItem(WorkItem item) {}

  /**
   * Called between the steps of an item.
   *
   * @throws RuntimeException if the round was cancelled
   */
  default void checkCancelled() {}
}
