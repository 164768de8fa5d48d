package org.espalier.search.augment;

import java.util.List;
import org.espalier.search.WorkItem;

/**
 * Steps of the network on images that a policy changes.
 *
 * @param seed of signs, places and dropout
 * @param plannedCost multiply-accumulates
 * @param label for people
 * @param firstStep number of the first step among those of the whole search, which says what images
 *     it sees
 * @param draws of all steps, as many for each, in the choices of {@link PolicyForm}
 * @param rewarded whether they are judged, or only trained on
 */
record AugmentItem(
    long seed,
    long plannedCost,
    String label,
    long firstStep,
    List<List<Integer>> draws,
    boolean rewarded)
    implements WorkItem {
  AugmentItem {
    draws = draws.stream().map(List::copyOf).toList();
  }
}
