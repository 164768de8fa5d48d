package org.espalier.spark;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.espalier.search.RoundBytes;
import org.espalier.search.rounds.Groups;

/**
 * How much memory driver and executors need for the largest round of a search, and what they have.
 * Heaps hold what travels; networks and their features are outside of heaps.
 *
 * @param cluster where the search runs
 * @param driverHeap bytes of the driver's heap
 * @param driverNeed bytes that the driver's heap must have
 * @param executorNeed bytes that an executor's heap must have; in local mode items are performed in
 *     the driver, and it is 0
 * @param results of a round that reach the driver: a group's, or those of many groups folded
 * @param sums bytes of a group's sums
 * @param view bytes of the view
 */
public record MemoryPlan(
    SparkCluster cluster,
    long driverHeap,
    long driverNeed,
    long executorNeed,
    int results,
    long sums,
    long view) {
  /** Spark itself, classes, and room for garbage. */
  private static final long BASE = 192L << 20;

  /** A group's sums in float64, in float32 and encoded. */
  private static final int COPIES_OF_GROUP = 4;

  /** On the driver: the total in float64, and the result that arrives. */
  private static final int COPIES_OF_FOLD = 3;

  /**
   * On the driver while the state advances: values and velocity before and after, copies of them,
   * and the bytes of a checkpoint.
   */
  private static final int COPIES_OF_STATE = 8;

  /** For each item that is performed: the numbers that a warm supernet learns with. */
  private static final int COPIES_OF_VIEW = 4;

  private static final long USUAL_HEAP = 1L << 30;
  private static final long LEAST_NATIVE = 512L << 20;

  public MemoryPlan {
    Objects.requireNonNull(cluster, "cluster");
  }

  /**
   * The arithmetic.
   *
   * @param largest what the largest round moves
   * @param groups of a round
   * @param data bytes of the images on the heap, of the driver and, at most, of an executor
   * @param driverHeap the most that this process's heap may have, in bytes
   */
  public static MemoryPlan of(
      SparkCluster cluster, RoundBytes largest, int groups, long data, long driverHeap) {
    long moved = 2 * (largest.view() + largest.items() + largest.results());
    int results = Groups.results(groups);
    long fold = Math.multiplyExact(results + (long) COPIES_OF_FOLD, largest.sums());
    long state = Math.multiplyExact(COPIES_OF_STATE, largest.view());
    long item =
        COPIES_OF_GROUP * largest.sums()
            + COPIES_OF_VIEW * largest.view()
            + 2 * (largest.items() + largest.results());
    long driver = BASE + data + moved + fold + state;
    if (cluster.local()) {
      long slots = Math.min(groups, slots(cluster.master()));
      return new MemoryPlan(
          cluster, driverHeap, driver + slots * item, 0, results, largest.sums(), largest.view());
    }
    long executor = BASE + data + 2 * largest.view() + cluster.executors().cores() * item;
    return new MemoryPlan(
        cluster, driverHeap, driver, executor, results, largest.sums(), largest.view());
  }

  /** Heap of an executor, {@code -Xmx}, in bytes. */
  public long executorHeap() {
    return Math.max(executorNeed, Math.min(USUAL_HEAP, cluster.executors().memory() / 2));
  }

  /** What an executor's process may take beside its heap, in bytes. */
  public long executorNative() {
    return cluster.executors().memory() - executorHeap();
  }

  /**
   * Refuses what cannot go well.
   *
   * @throws InsufficientMemoryException if a heap cannot hold the largest round
   */
  public void check() {
    if (driverNeed > driverHeap) {
      throw new InsufficientMemoryException(
          ("the driver's heap of %s cannot hold the largest round, which takes about %s: %s results"
                  + " and %s copies more of %s of sums each, %s copies of %s of state, the rest for"
                  + " items, data and Spark; start with ESPALIER_HEAP=%sm, or take fewer groups")
              .formatted(
                  megabytes(driverHeap),
                  megabytes(driverNeed),
                  results,
                  COPIES_OF_FOLD,
                  megabytes(sums),
                  COPIES_OF_STATE,
                  megabytes(view),
                  roundUp(driverNeed)));
    }
    if (!cluster.local() && executorNative() < LEAST_NATIVE * cluster.executors().cores()) {
      throw new InsufficientMemoryException(
          ("executors of %s are too small: their heap needs %s, and each of their %s cores at least"
                  + " %s outside of it; ask for --executor-memory %sm")
              .formatted(
                  megabytes(cluster.executors().memory()),
                  megabytes(executorHeap()),
                  cluster.executors().cores(),
                  megabytes(LEAST_NATIVE),
                  roundUp(executorHeap() + LEAST_NATIVE * cluster.executors().cores())));
    }
  }

  /** The plan for people. */
  public List<String> lines() {
    String driver =
        "memory    driver: about %s of its heap of %s ((%s results + %s) x %s of sums, %s x %s of state, and what else moves)"
            .formatted(
                megabytes(driverNeed),
                megabytes(driverHeap),
                results,
                COPIES_OF_FOLD,
                megabytes(sums),
                COPIES_OF_STATE,
                megabytes(view));
    if (cluster.local()) {
      return List.of(driver + "; it performs the items too");
    }
    return List.of(
        driver,
        "          executors: %s each, a heap of %s (needs about %s) and %s for networks; %s core%s%s"
            .formatted(
                megabytes(cluster.executors().memory()),
                megabytes(executorHeap()),
                megabytes(executorNeed),
                megabytes(executorNative()),
                cluster.executors().cores(),
                cluster.executors().cores() == 1 ? "" : "s",
                cluster.executors().gpu() ? ", 1 GPU" : ""));
  }

  private static long slots(String master) {
    if (master.equals("local")) {
      return 1;
    }
    String count = master.replaceFirst("local\\[", "").replaceFirst("[,\\]].*", "");
    return count.equals("*") ? Runtime.getRuntime().availableProcessors() : Long.parseLong(count);
  }

  private static long roundUp(long bytes) {
    return (bytes / (100L << 20) + 1) * 100;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + (1 << 20) - 1) >> 20);
  }
}
