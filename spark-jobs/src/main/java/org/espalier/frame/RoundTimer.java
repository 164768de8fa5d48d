package org.espalier.frame;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.WorkItem;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.Rounds;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;

/** Times the rounds of a search from beginning to beginning: planning, moving, folding and all. */
final class RoundTimer {
  private static final int WARM_THINGS = 4;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private RoundTimer() {}

  static SearchContext context() {
    return new SearchContext(1, TrainingSearch.digits());
  }

  /** Rounds in this process. */
  static Rounds local(Search<?, ?, ?, ?> search) {
    return new LocalRounds(
        search, new PlainWorker(TrainingSearch.digits(), new WarmCache(WARM_THINGS), "here"));
  }

  /**
   * What a round took.
   *
   * @param wall seconds on the clock
   * @param cpu processor seconds of all threads of this process; other processes do not count, and
   *     what else a machine does matters less than on the clock
   */
  record Seconds(double wall, double cpu) {}

  /** Each round until the search ends. */
  static <S, V, W extends WorkItem, R> List<Seconds> seconds(
      Search<S, V, W, R> search, Rounds rounds, int groups) {
    List<Seconds> seconds = new ArrayList<>();
    AtomicLong before = new AtomicLong(SYSTEM.getProcessCpuTime());
    SearchListener<S> listener =
        new SearchListener<>() {
          @Override
          public void roundFinished(Position<S> after, RoundReport report) {
            long now = SYSTEM.getProcessCpuTime();
            double cpu = (now - before.getAndSet(now)) / 1e9;
            seconds.add(new Seconds(report.times().wallSeconds(), cpu));
          }
        };
    SearchDriver<S, V, W, R> driver =
        new SearchDriver<>(search, rounds, new DriverSettings(groups, true), listener);
    Position<S> unused = driver.run(driver.start(context()));
    return seconds;
  }

  /** The median of one side of each. */
  static double median(List<Seconds> seconds, ToDoubleFunction<Seconds> side) {
    return median(seconds.stream().map(side::applyAsDouble).toList());
  }

  /** The middle one, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
