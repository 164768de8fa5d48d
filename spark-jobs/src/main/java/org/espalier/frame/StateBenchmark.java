package org.espalier.frame;

import java.util.ArrayList;
import java.util.List;
import org.espalier.search.rounds.Rounds;
import org.espalier.spark.SparkCluster;
import org.espalier.spark.SparkRounds;
import org.espalier.spark.SparkSettings;

/**
 * Times rounds that move a state of some size and do nothing else, in this process and on Spark, in
 * turn.
 */
public final class StateBenchmark {
  private static final int WARM_UP = 3;

  private StateBenchmark() {}

  /**
   * Median seconds of a round.
   *
   * @param here performed by this thread, without Spark
   * @param spark on executors
   * @param hereCpu processor seconds of this process
   * @param sparkCpu likewise; in local mode executors are in this process
   */
  public record Result(double here, double spark, double hereCpu, double sparkCpu) {}

  /**
   * Measures.
   *
   * @param cluster where executors are
   * @param floats of the state, of the view and of each group's sums
   * @param items of a round
   * @param groups of a round
   * @param repetitions of a measurement here and one on Spark
   */
  public static Result run(
      SparkCluster cluster, int floats, int items, int groups, int repetitions) {
    int rounds = WARM_UP + 5;
    StateSearch search = new StateSearch(rounds, items, floats);
    List<RoundTimer.Seconds> here = new ArrayList<>();
    List<RoundTimer.Seconds> spark = new ArrayList<>();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      here.addAll(measured(search, RoundTimer.local(search), groups));
      SparkSettings settings =
          SparkSettings.of(
              cluster,
              "espalier bench",
              search.largestRound(search.start(RoundTimer.context())),
              groups);
      FrameSetup setup = new FrameSetup(() -> new StateSearch(rounds, items, floats));
      spark.addAll(measured(search, SparkRounds.open(settings, setup), groups));
    }
    return new Result(
        RoundTimer.median(here, RoundTimer.Seconds::wall),
        RoundTimer.median(spark, RoundTimer.Seconds::wall),
        RoundTimer.median(here, RoundTimer.Seconds::cpu),
        RoundTimer.median(spark, RoundTimer.Seconds::cpu));
  }

  private static List<RoundTimer.Seconds> measured(StateSearch search, Rounds rounds, int groups) {
    try (rounds) {
      List<RoundTimer.Seconds> seconds = RoundTimer.seconds(search, rounds, groups);
      return seconds.subList(WARM_UP, seconds.size());
    }
  }
}
