package org.espalier.search.finals;

import org.espalier.search.WorkItem;

/**
 * An item of a {@link FinalsSearch}.
 *
 * @param <W> items of the method
 */
public sealed interface FinalsItem<W extends WorkItem> extends WorkItem {
  /**
   * The method's own.
   *
   * @param item as the method planned it
   */
  record Own<W extends WorkItem>(W item) implements FinalsItem<W>, WorkItem.Wrapped {}

  /**
   * Some steps of a training.
   *
   * @param stretch which
   */
  record Train<W extends WorkItem>(Stretch stretch) implements FinalsItem<W>, WorkItem.Wrapped {
    @Override
    public WorkItem item() {
      return stretch;
    }
  }
}
