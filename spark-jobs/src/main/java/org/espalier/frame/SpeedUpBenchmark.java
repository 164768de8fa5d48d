package org.espalier.frame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.search.rounds.Rounds;
import org.espalier.spark.ExecutorSize;
import org.espalier.spark.NoExecutorsException;
import org.espalier.spark.SparkCluster;
import org.espalier.spark.SparkRounds;
import org.espalier.spark.SparkSettings;

/**
 * How much faster two executors are than one, and how much faster two processes without Spark: what
 * the frame makes of a second core beside what the machine gives. Both do the same items; one
 * measurement of each follows the other, so that what else the machine does meets all alike.
 */
public final class SpeedUpBenchmark {
  private static final int GROUPS = 16;
  private static final int WARM_UP = 2;

  private SpeedUpBenchmark() {}

  /**
   * Medians over repetitions.
   *
   * @param sparkOne seconds of a round on one executor
   * @param sparkTwo on two
   * @param alone seconds of the same items in one process without Spark
   * @param apart in two processes at the same time, half in each
   * @param sparkSpeedUp of two executors over one
   * @param processSpeedUp of two processes over one
   * @param share the first over the second
   */
  public record Result(
      double sparkOne,
      double sparkTwo,
      double alone,
      double apart,
      double sparkSpeedUp,
      double processSpeedUp,
      double share) {}

  /**
   * Measures.
   *
   * @param cluster where executors are; local mode means one and two slots of this process
   * @param items of a round, even
   * @param steps of an item
   * @param repetitions of the four measurements
   */
  public static Result run(SparkCluster cluster, int items, int steps, int repetitions)
      throws IOException {
    List<List<Double>> seconds =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Double> spark = new ArrayList<>();
    List<Double> processes = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    try (ItemProcess one = ItemProcess.start(steps);
        ItemProcess other = ItemProcess.start(steps)) {
      double unused = ItemProcess.seconds(items, one, other);
      for (int repetition = 0; repetition < repetitions; repetition++) {
        double alone = ItemProcess.seconds(items, one);
        double sparkOne = spark(cluster, 1, items, steps);
        double apart = ItemProcess.seconds(items / 2, one, other);
        double sparkTwo = spark(cluster, 2, items, steps);
        seconds.get(0).add(sparkOne);
        seconds.get(1).add(sparkTwo);
        seconds.get(2).add(alone);
        seconds.get(3).add(apart);
        spark.add(sparkOne / sparkTwo);
        processes.add(alone / apart);
        shares.add(sparkOne / sparkTwo / (alone / apart));
      }
    }
    return new Result(
        RoundTimer.median(seconds.get(0)),
        RoundTimer.median(seconds.get(1)),
        RoundTimer.median(seconds.get(2)),
        RoundTimer.median(seconds.get(3)),
        RoundTimer.median(spark),
        RoundTimer.median(processes),
        RoundTimer.median(shares));
  }

  private static double spark(SparkCluster cluster, int executors, int items, int steps) {
    TrainingSearch search = new TrainingSearch(WARM_UP + 2, items, steps);
    SparkSettings settings =
        SparkSettings.of(
            of(cluster, executors),
            "espalier bench",
            search.largestRound(search.start(RoundTimer.context())),
            GROUPS);
    FrameSetup setup = new FrameSetup(() -> new TrainingSearch(WARM_UP + 2, items, steps));
    try (Rounds rounds = SparkRounds.open(settings, setup)) {
      awaitSlots(rounds, executors);
      List<RoundTimer.Seconds> seconds = RoundTimer.seconds(search, rounds, GROUPS);
      return RoundTimer.median(seconds.subList(WARM_UP, seconds.size()), RoundTimer.Seconds::wall);
    }
  }

  /** The same cluster, asked for so many executors of one core. */
  private static SparkCluster of(SparkCluster cluster, int executors) {
    if (cluster.local()) {
      return new SparkCluster("local[%s]".formatted(executors), cluster.executors(), Map.of());
    }
    Map<String, String> conf = new HashMap<>(cluster.conf());
    conf.put("spark.cores.max", Integer.toString(executors));
    conf.put("spark.executor.instances", Integer.toString(executors));
    ExecutorSize given = cluster.executors();
    ExecutorSize size = new ExecutorSize(1, given.memory(), given.gpu());
    return new SparkCluster(cluster.master(), size, conf);
  }

  private static void awaitSlots(Rounds rounds, int slots) {
    for (int poll = 0; rounds.slots() < slots; poll++) {
      if (poll == 600) {
        throw new NoExecutorsException(
            "the cluster gave %s executors of one core, %s are needed"
                .formatted(rounds.slots(), slots));
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for executors", e);
      }
    }
  }
}
