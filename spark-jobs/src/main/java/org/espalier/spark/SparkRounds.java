package org.espalier.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.espalier.search.rounds.ItemFailedException;
import org.espalier.search.rounds.RoundCancelledException;
import org.espalier.search.rounds.RoundFailedException;
import org.espalier.search.rounds.RoundHandler;
import org.espalier.search.rounds.Rounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Performs rounds on Spark executors as plain stages: the view is broadcast as bytes, each group is
 * one partition, bytes come back and are folded in group order. A lost executor's groups are
 * performed again elsewhere, which changes nothing because items are pure.
 */
public final class SparkRounds implements Rounds {
  private static final int INLINE_BYTES = 256 << 10;

  /** A cluster that was lost may be started again by a person, which takes longer than a start. */
  private static final int LOST_STARTS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(SparkRounds.class);
  private static final AtomicLong OPENED = new AtomicLong();

  private final JavaSparkContext context;
  private final SparkSettings settings;
  private final ExecutorSetup setup;
  private final String id;
  private final Optional<ExecutorWatch> watch;
  private volatile boolean cancelled;

  private SparkRounds(
      JavaSparkContext context, SparkSettings settings, ExecutorSetup setup, Consumer<String> say) {
    this.context = context;
    this.settings = settings;
    this.setup = setup;
    this.id = context.sc().applicationId() + "/" + OPENED.incrementAndGet();
    this.watch = settings.cluster().local() ? Optional.empty() : Optional.of(watch(say));
  }

  /**
   * Looks whether Spark can be started in this process; starts nothing.
   *
   * @throws org.espalier.text.InputException if somebody else's context is here
   */
  public static void check() {
    Contexts.refuseOthers();
  }

  /**
   * Starts Spark and waits for an executor.
   *
   * @throws NoExecutorsException if none comes in time
   */
  public static SparkRounds open(SparkSettings settings, ExecutorSetup setup) {
    return open(settings, setup, LOG::warn);
  }

  /**
   * The same.
   *
   * @param say where a person is told that executors are gone, and are back
   */
  public static SparkRounds open(
      SparkSettings settings, ExecutorSetup setup, Consumer<String> say) {
    Objects.requireNonNull(setup, "setup");
    Objects.requireNonNull(say, "say");
    return new SparkRounds(Contexts.open(settings), settings, setup, say);
  }

  private ExecutorWatch watch(Consumer<String> say) {
    Duration start = Duration.ofSeconds(settings.startSeconds());
    Duration unsaid = Contexts.dynamic(context.getConf()) ? start : Duration.ZERO;
    return new ExecutorWatch(
        () -> Executors.count(context),
        new ExecutorWatch.Patience(unsaid, start.multipliedBy(LOST_STARTS)),
        System::nanoTime,
        say);
  }

  @Override
  public void perform(int round, byte[] view, List<byte[]> groups, RoundHandler handler) {
    checkNotCancelled();
    GroupListener listener = new GroupListener(id, handler::groupFinished, this::oneExecutor);
    List<Broadcast<byte[]>> broadcasts = new ArrayList<>();
    context.sc().addSparkListener(listener);
    try {
      context.setJobGroup(id, "round " + round, true);
      Broadcast<byte[]> shared = broadcast(view, broadcasts);
      List<GroupPayload> payloads =
          groups.stream().map(group -> payload(group, broadcasts)).toList();
      GroupTask task = new GroupTask(id, setup, settings.warmThings(), shared);
      watch.ifPresent(ExecutorWatch::begin);
      new RoundJob(context, payloads, task).run(handler, () -> check(listener));
      listener.finishAll(groups.size());
    } catch (Exception e) { // Spark throws a checked exception without declaring it.
      checkNotCancelled();
      throw e instanceof NoExecutorsException gone ? gone : failure(round, e);
    } finally {
      context.sc().removeSparkListener(listener);
      // Otherwise every round's view would stay in the memory of driver and executors.
      broadcasts.forEach(broadcast -> broadcast.destroy(false));
    }
  }

  @Override
  public int slots() {
    int cores =
        CollectionConverters.asJava(context.sc().statusStore().executorList(true)).stream()
            .mapToInt(ExecutorSummary::totalCores)
            .sum();
    return Math.max(1, cores / context.getConf().getInt("spark.task.cpus", 1));
  }

  @Override
  public void cancel() {
    cancelled = true;
    context.cancelJobGroup(id);
  }

  @Override
  public void close() {
    context.stop();
    ExecutorState.forget(id);
  }

  private Broadcast<byte[]> broadcast(byte[] bytes, List<Broadcast<byte[]>> broadcasts) {
    Broadcast<byte[]> broadcast = context.broadcast(bytes);
    broadcasts.add(broadcast);
    return broadcast;
  }

  private GroupPayload payload(byte[] group, List<Broadcast<byte[]>> broadcasts) {
    return group.length <= INLINE_BYTES
        ? new GroupPayload.Inline(group)
        : new GroupPayload.Fetched(broadcast(group, broadcasts));
  }

  private void checkNotCancelled() {
    if (cancelled) {
      throw new RoundCancelledException("the round was cancelled");
    }
  }

  /** In local mode the driver performs the items. */
  private boolean oneExecutor() {
    return Executors.count(context) <= 1;
  }

  private void check(GroupListener listener) {
    checkHopes(listener);
    watch.ifPresent(ExecutorWatch::look);
  }

  /** Trying again and again where it cannot help would look like a lack of executors. */
  private static void checkHopes(GroupListener listener) {
    listener
        .hopeless()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private RuntimeException failure(int round, Exception error) {
    String where = "round %s failed on %s: ".formatted(round, settings.master());
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof ItemFailedException) {
        return new ItemFailedException(where + each.getMessage(), error);
      }
    }
    return new RoundFailedException(where + summary(error), error);
  }

  /** Spark's message without the executor's stack. */
  private static String summary(Exception error) {
    return withoutStack(String.valueOf(error.getMessage()));
  }

  static String withoutStack(String message) {
    int stack = message.indexOf("\n\tat ");
    return stack < 0 ? message : message.substring(0, stack);
  }
}
