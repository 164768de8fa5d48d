package org.espalier.search.rounds;

import java.util.List;

/**
 * What a round took, for people: nothing in here steers a search.
 *
 * @param round number of the round, from 0
 * @param items performed
 * @param failures what items could not do, each as "label: reason"
 * @param plannedCost of all items, in multiply-accumulates
 * @param times what it took
 * @param bytesOut encoded view and items
 * @param bytesBack encoded results and sums
 */
public record RoundReport(
    int round,
    int items,
    List<String> failures,
    long plannedCost,
    Times times,
    long bytesOut,
    long bytesBack) {
  public RoundReport {
    failures = List.copyOf(failures);
  }

  /**
   * What a round took.
   *
   * @param wallSeconds since the round before was told of, or since the driver began: planning,
   *     moving, performing, folding, and the checkpoint of the round before
   * @param performSeconds by the clock on the wall inside items, summed over items
   * @param cpuSeconds inside items, summed
   * @param slots how many items could be performed at the same time
   */
  public record Times(double wallSeconds, double performSeconds, double cpuSeconds, int slots) {}
}
