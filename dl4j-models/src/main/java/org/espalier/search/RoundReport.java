package org.espalier.search;

import java.util.List;

/**
 * What a round took, for people: nothing in here steers a search.
 *
 * @param round number of the round, from 0
 * @param items performed
 * @param failures what items could not do, each as "label: reason"
 * @param plannedCost of all items, in multiply-accumulates
 * @param cpuSeconds spent inside items
 * @param bytesOut encoded view and items
 * @param bytesBack encoded results and sums
 */
public record RoundReport(
    int round,
    int items,
    List<String> failures,
    long plannedCost,
    double cpuSeconds,
    long bytesOut,
    long bytesBack) {
  public RoundReport {
    failures = List.copyOf(failures);
  }
}
