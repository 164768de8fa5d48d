package org.espalier.spark;

import java.util.Objects;
import org.espalier.search.RoundBytes;
import org.espalier.search.rounds.Groups;

/**
 * How a search uses Spark. Nothing in here changes a result.
 *
 * @param name what the application is called
 * @param memory what driver and executors have and need, and where they are
 * @param startSeconds how long to wait for the first executor, at least 1; usually 60
 * @param resultBytes the most that all results of a round may take on the driver: {@link
 *     #resultBytes(RoundBytes, int)}
 * @param warmThings networks and arenas that a process keeps while idle, at least 0; usually 8
 */
public record SparkSettings(
    String name, MemoryPlan memory, int startSeconds, long resultBytes, int warmThings) {
  private static final long HEADROOM = 64L << 20;

  public SparkSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(memory, "memory");
    if (startSeconds < 1) {
      throw new IllegalArgumentException("startSeconds must be at least 1, got " + startSeconds);
    }
    if (resultBytes < 1) {
      throw new IllegalArgumentException("resultBytes must be at least 1, got " + resultBytes);
    }
    if (warmThings < 0) {
      throw new IllegalArgumentException("warmThings must be at least 0, got " + warmThings);
    }
  }

  /** The usual settings for a search on a master. */
  public static SparkSettings of(String master, String name, RoundBytes largest, int groups) {
    return of(SparkCluster.of(master), name, largest, groups);
  }

  /** The usual settings for a search on a cluster. */
  public static SparkSettings of(
      SparkCluster cluster, String name, RoundBytes largest, int groups) {
    MemoryPlan memory =
        MemoryPlan.of(cluster, largest, groups, 0, Runtime.getRuntime().maxMemory());
    return new SparkSettings(name, memory, 60, resultBytes(largest, groups), 8);
  }

  /**
   * What a round's results can take: the sums of each result that reaches the driver and all
   * outcomes, a quarter more for what Spark wraps them in, and 64 MB.
   */
  public static long resultBytes(RoundBytes largest, int groups) {
    long payload =
        Math.addExact(
            Math.multiplyExact(Groups.results(groups), largest.sums()), largest.results());
    return Math.addExact(payload + payload / 4, HEADROOM);
  }

  SparkCluster cluster() {
    return memory.cluster();
  }

  String master() {
    return cluster().master();
  }
}
