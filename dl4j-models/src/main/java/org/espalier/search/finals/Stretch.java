package org.espalier.search.finals;

import org.espalier.search.WorkItem;

/**
 * Some steps of one training.
 *
 * @param seed of the item; the training has its own
 * @param plannedCost multiply-accumulates
 * @param training as far as it is
 * @param end step at which the stretch ends, exclusive
 */
public record Stretch(long seed, long plannedCost, Training training, long end)
    implements WorkItem {
  @Override
  public String label() {
    return "%s, steps %s-%s".formatted(training.label(), training.step() + 1, end);
  }
}
