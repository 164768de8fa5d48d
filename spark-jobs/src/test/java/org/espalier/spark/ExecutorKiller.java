package org.espalier.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Kills, once, the executor that has just begun a task of some round. Spark makes the listener
 * itself, in whatever driver runs in this process meanwhile.
 */
public final class ExecutorKiller implements AutoCloseable {
  private static final String LISTENERS = "spark.extraListeners";
  private static final AtomicReference<ExecutorKiller> CURRENT = new AtomicReference<>();

  private final StandaloneCluster cluster;
  private final int round;
  private final Set<Integer> stages = new HashSet<>();
  private boolean killed;
  private int lost;

  private ExecutorKiller(StandaloneCluster cluster, int round) {
    this.cluster = cluster;
    this.round = round;
  }

  /**
   * A killer for searches of this process until it is closed.
   *
   * @param round from 0, of one stage each
   */
  public static ExecutorKiller inRound(StandaloneCluster cluster, int round) {
    ExecutorKiller killer = new ExecutorKiller(cluster, round);
    CURRENT.set(killer);
    System.setProperty(LISTENERS, Ears.class.getName());
    return killer;
  }

  /** Tasks that ended with their executor. */
  public synchronized int lostTasks() {
    return lost;
  }

  @Override
  public void close() {
    System.clearProperty(LISTENERS);
    CURRENT.set(null);
  }

  private synchronized void begun(SparkListenerTaskStart start) {
    stages.add(start.stageId());
    if (!killed && stages.size() == round + 1) {
      killed = kill(start.taskInfo().executorId());
    }
  }

  private synchronized void ended(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExecutorLostFailure) {
      lost++;
    }
  }

  private boolean kill(String executor) {
    return cluster.executors().stream()
        .filter(process -> commandLine(process).contains("--executor-id\0" + executor + "\0"))
        .map(ProcessHandle::destroyForcibly)
        .reduce(false, Boolean::logicalOr);
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc/%s/cmdline".formatted(process.pid())), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  /** What Spark makes, for it wants a constructor without arguments. */
  public static final class Ears extends SparkListener {
    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      CURRENT.get().begun(start);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      CURRENT.get().ended(end);
    }
  }
}
