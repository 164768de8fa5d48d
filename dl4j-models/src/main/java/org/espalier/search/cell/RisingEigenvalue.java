package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.search.cell.CellState.Reading;
import org.espalier.search.policy.Policy;

/**
 * The early stop of Zela et al., "Understanding and Robustifying Differentiable Architecture
 * Search", ICLR 2020, section 4.3: the largest eigenvalue, averaged over a window of five readings,
 * has risen too much since four readings ago. What was learned since the middle of the earlier
 * window is given up, as in the code of the paper, whose first windows are cut as well.
 *
 * @param readings of a stage, the oldest first
 */
record RisingEigenvalue(List<Reading> readings) {
  /** Readings of a window before its middle, and after it. */
  private static final int HALF = 2;

  /** Readings between two windows that are compared. */
  private static final int APART = 4;

  private static final int KEPT = HALF + APART + HALF + 1;

  /** With another reading, without those that are looked at no longer. */
  RisingEigenvalue and(Reading reading) {
    List<Reading> more = new ArrayList<>(readings);
    more.add(reading);
    return new RisingEigenvalue(
        List.copyOf(more.subList(Math.max(0, more.size() - KEPT), more.size())));
  }

  /**
   * The policy to go back to; nothing as long as all is well.
   *
   * @param most factor by which the mean may have risen, above 1
   */
  Optional<Policy> backTo(double most) {
    int now = readings.size() - 1 - HALF;
    int before = now - APART;
    if (before < 0) {
      return Optional.empty();
    }
    // A mean below 0 is that of a saddle, from which no factor can be told.
    double earlier = mean(before);
    return earlier > 0 && mean(now) > most * earlier
        ? Optional.of(readings.get(before).policy())
        : Optional.empty();
  }

  private double mean(int middle) {
    return readings.subList(Math.max(0, middle - HALF), middle + HALF + 1).stream()
        .mapToDouble(Reading::eigenvalue)
        .average()
        .orElseThrow();
  }
}
