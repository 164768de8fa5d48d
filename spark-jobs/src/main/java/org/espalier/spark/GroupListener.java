package org.espalier.spark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.espalier.search.rounds.ItemFailedException;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tells a round which of its groups are finished, as Spark tasks end, and whether an item fails
 * wherever it is performed. Groups are performed by the first stage of the round's job; a second
 * one, if there is one, folds.
 */
final class GroupListener extends SparkListener {
  private static final String JOB_GROUP = "spark.jobGroup.id";

  private final String jobGroup;
  private final IntConsumer groupFinished;
  private final Set<Integer> stages = new HashSet<>();
  private final Set<Integer> finished = new HashSet<>();
  private final BooleanSupplier alone;
  private final Map<String, String> failedOn = new HashMap<>();
  private Optional<ItemFailedException> hopeless = Optional.empty();

  /**
   * A listener for one round.
   *
   * @param jobGroup of the round's job
   * @param groupFinished told of each finished group once
   * @param alone whether there is one executor only, so that nothing can be tried on another
   */
  GroupListener(String jobGroup, IntConsumer groupFinished, BooleanSupplier alone) {
    this.jobGroup = jobGroup;
    this.groupFinished = groupFinished;
    this.alone = alone;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    Properties properties = start.properties();
    if (properties != null && Objects.equals(properties.getProperty(JOB_GROUP), jobGroup)) {
      CollectionConverters.asJava(start.stageIds()).stream()
          .map(stage -> (Integer) stage)
          .min(Integer::compare)
          .ifPresent(stages::add);
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (!stages.contains(end.stageId())) {
      return;
    }
    if (end.taskInfo().successful()) {
      finish(end.taskInfo().index());
    } else if (end.reason() instanceof ExceptionFailure failure
        && failure.className().equals(ItemFailedException.class.getName())) {
      String executor = end.taskInfo().executorId();
      String before = failedOn.putIfAbsent(failure.description(), executor);
      if (before != null && (!before.equals(executor) || alone.getAsBoolean())) {
        hopeless = Optional.of(failed(failure));
      }
    }
  }

  /** What an item threw equally on two executors, or twice where there is no other. */
  synchronized Optional<ItemFailedException> hopeless() {
    return hopeless;
  }

  private static ItemFailedException failed(ExceptionFailure failure) {
    Throwable cause =
        failure.exception().isDefined()
            ? failure.exception().get()
            : new IllegalStateException(failure.fullStackTrace());
    return new ItemFailedException(failure.description(), cause);
  }

  /** Tells of those that Spark's events have not told of yet; events may come late. */
  synchronized void finishAll(int groups) {
    for (int group = 0; group < groups; group++) {
      finish(group);
    }
  }

  private void finish(int group) {
    if (finished.add(group)) {
      groupFinished.accept(group);
    }
  }
}
