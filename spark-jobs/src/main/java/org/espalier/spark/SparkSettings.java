package org.espalier.spark;

import java.util.Objects;
import org.espalier.search.Groups;
import org.espalier.search.RoundBytes;

/**
 * How a search uses Spark. Nothing in here changes a result.
 *
 * @param master where executors are, for example {@code "local[2]"} or {@code "spark://host:7077"}
 * @param name what the application is called
 * @param startSeconds how long to wait for the first executor, at least 1; usually 60
 * @param resultBytes the most that all results of a round may take on the driver: {@link
 *     #resultBytes(RoundBytes, int)}
 * @param warmThings networks and arenas that a process keeps while idle, at least 0; usually 8
 */
public record SparkSettings(
    String master, String name, int startSeconds, long resultBytes, int warmThings) {
  private static final long HEADROOM = 64L << 20;

  public SparkSettings {
    Objects.requireNonNull(master, "master");
    Objects.requireNonNull(name, "name");
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

  /** The usual settings for a search. */
  public static SparkSettings of(String master, String name, RoundBytes largest, int groups) {
    return new SparkSettings(master, name, 60, resultBytes(largest, groups), 8);
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

  boolean local() {
    return master.equals("local") || master.startsWith("local[");
  }
}
