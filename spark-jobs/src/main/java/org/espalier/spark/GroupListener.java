package org.espalier.spark;

import java.util.HashSet;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tells a round which of its groups are finished, as Spark tasks end. Groups are performed by the
 * first stage of the round's job; a second one, if there is one, folds.
 */
final class GroupListener extends SparkListener {
  private static final String JOB_GROUP = "spark.jobGroup.id";

  private final String jobGroup;
  private final IntConsumer groupFinished;
  private final Set<Integer> stages = new HashSet<>();
  private final Set<Integer> finished = new HashSet<>();

  GroupListener(String jobGroup, IntConsumer groupFinished) {
    this.jobGroup = jobGroup;
    this.groupFinished = groupFinished;
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
    if (stages.contains(end.stageId()) && end.taskInfo().successful()) {
      finish(end.taskInfo().index());
    }
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
