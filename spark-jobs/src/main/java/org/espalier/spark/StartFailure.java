package org.espalier.spark;

import java.io.IOException;
import java.net.BindException;
import org.apache.spark.SparkConf;
import org.espalier.text.InputException;

/** Why Spark did not start, in words that name the setting. */
final class StartFailure {
  /** Where a process has the context of a notebook or of another program. */
  static final String OTHER_CONTEXT =
      "this Java process has a Spark context already, as those of notebooks have, with settings"
          + " that are not this program's: stop it first (sc.stop()), or start submit/espalier,"
          + " which has a process of its own";

  private static final String EVENT_LOG = "spark.eventLog.enabled";

  /** In Spark's message where the heap is below what its memory manager reserves. */
  private static final String LITTLE_MEMORY = "INVALID_DRIVER_MEMORY";

  private StartFailure() {}

  /** What to throw for what the constructor of a context threw. */
  static RuntimeException of(Exception failure, SparkConf configuration) {
    String text =
        SparkRounds.withoutStack(String.valueOf(failure.getMessage()))
            .strip()
            .replaceFirst("\\.$", "");
    if (text.startsWith("Only one SparkContext")) {
      return new InputException(OTHER_CONTEXT, failure);
    }
    if (causedBy(failure, BindException.class)) {
      return new NoExecutorsException(
          "Spark's driver cannot listen on '%s': %s; see spark.driver.bindAddress, spark.driver.host, spark.driver.port and spark.ui.port"
              .formatted(configuration.get("spark.driver.bindAddress", "this machine"), text),
          failure);
    }
    if (configuration.getBoolean(EVENT_LOG, false) && eventLog(failure)) {
      return new InputException(
          "Spark cannot write its event log to spark.eventLog.dir, which is '%s': %s; make that folder, name another, or give --conf %s=false"
              .formatted(
                  configuration.get("spark.eventLog.dir", "/tmp/spark-events"), text, EVENT_LOG),
          failure);
    }
    if (text.contains(LITTLE_MEMORY)) {
      return new InputException(
          "the heap of %s MB is too small for Spark's driver, which wants 450 MB; start with ESPALIER_HEAP=520m or more, or give spark-submit --driver-memory"
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          failure);
    }
    return new InputException(
        "Spark refuses its settings, from --conf or its own files: " + text + root(failure),
        failure);
  }

  /** What began it, where the outermost message does not say. */
  private static String root(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failure ? "" : " (%s)".formatted(root);
  }

  /** By who threw it, as what is thrown depends on the file system. */
  private static boolean eventLog(Exception failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      for (StackTraceElement frame : each.getStackTrace()) {
        if (frame.getClassName().startsWith("org.apache.spark.scheduler.EventLogging")
            || frame.getClassName().startsWith("org.apache.spark.deploy.history.EventLog")) {
          return true;
        }
      }
    }
    return failure instanceof IOException;
  }

  private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }
}
