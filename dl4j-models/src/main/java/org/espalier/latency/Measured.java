package org.espalier.latency;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.espalier.cost.LatencyTable;

/**
 * Times of rounds. What counts is the lower quartile: whatever else a machine does makes rounds
 * slower and never faster, and half of the rounds may be disturbed before it moves.
 */
final class Measured {
  private static final double QUARTER = 0.25;

  /** Less than a processor's cycle; differences can come out as nothing. */
  private static final double LEAST = 1e-3;

  private final double[] rounds;

  /**
   * Times.
   *
   * @param rounds microseconds, one a round, at least one
   */
  Measured(double... rounds) {
    this.rounds = rounds.clone();
    if (rounds.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /** The time that a quarter of the rounds was below. */
  double quartile() {
    return quantile(rounds, QUARTER);
  }

  /**
   * The time of one copy.
   *
   * @param one rounds of the network of one copy
   * @param several rounds of the network of {@link Operation#COPIES}
   * @param besides microseconds of what each copy takes besides
   */
  static LatencyTable.Time copy(Measured one, Measured several, double besides) {
    int more = Operation.COPIES - 1;
    double[] each =
        IntStream.range(0, one.rounds.length)
            .mapToDouble(round -> (several.rounds[round] - one.rounds[round]) / more - besides)
            .toArray();
    double time = (several.quartile() - one.quartile()) / more - besides;
    return new LatencyTable.Time(
        Math.max(LEAST, time), quantile(each, QUARTER), quantile(each, 1 - QUARTER));
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }
}
