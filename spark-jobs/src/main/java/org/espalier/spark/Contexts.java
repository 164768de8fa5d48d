package org.espalier.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens Spark contexts as searches need them. */
final class Contexts {
  private static final List<String> THREAD_VARIABLES =
      List.of(
          "OMP_NUM_THREADS",
          "OPENBLAS_NUM_THREADS",
          "MKL_NUM_THREADS",
          "SD_MAX_THREADS",
          "SD_MASTER_THREADS");

  private static final Logger LOG = LoggerFactory.getLogger(Contexts.class);
  private static final String STANDALONE = "spark://";
  private static final int CONNECT_MILLIS = 5000;
  private static final long POLL_MILLIS = 100;

  private Contexts() {}

  static JavaSparkContext open(SparkSettings settings) {
    checkReachable(settings.master());
    JavaSparkContext context = new JavaSparkContext(configuration(settings));
    try {
      if (!settings.local()) {
        awaitExecutor(context, settings);
      }
      return context;
    } catch (RuntimeException e) {
      context.stop();
      throw e;
    }
  }

  static SparkConf configuration(SparkSettings settings) {
    SparkConf configuration =
        new SparkConf()
            .setMaster(settings.master())
            .setAppName(settings.name())
            .set("spark.driver.maxResultSize", settings.resultBytes() + "b")
            .setIfMissing("spark.ui.enabled", "false")
            .setIfMissing("spark.ui.showConsoleProgress", "false")
            .setIfMissing("spark.task.maxFailures", "4");
    if (settings.local()) {
      // Nobody else needs to reach a local run, and host names of laptops often do not resolve.
      configuration
          .setIfMissing("spark.driver.host", "127.0.0.1")
          .setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    THREAD_VARIABLES.forEach(variable -> configuration.setExecutorEnv(variable, "1"));
    return configuration;
  }

  /** Spark itself would try for a minute, then end its context in another thread. */
  private static void checkReachable(String master) {
    if (!master.startsWith(STANDALONE)) {
      return;
    }
    for (String address : master.substring(STANDALONE.length()).split(",", -1)) {
      URI uri = URI.create(STANDALONE + address);
      if (uri.getHost() == null || uri.getPort() < 0) {
        throw new IllegalArgumentException(
            "a standalone master is spark://host:port[,host:port], got '" + master + "'");
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        LOG.debug("{} does not answer", uri, e);
      }
    }
    throw new NoExecutorsException(
        "no Spark master answers at %s; is it running, and is the port right?".formatted(master));
  }

  /** The driver counts as one executor in Spark's list. */
  private static void awaitExecutor(JavaSparkContext context, SparkSettings settings) {
    long polls = settings.startSeconds() * 1000L / POLL_MILLIS;
    for (long poll = 0; poll < polls; poll++) {
      if (context.sc().isStopped()) {
        break;
      }
      if (context.statusTracker().getExecutorInfos().length > 1) {
        return;
      }
      sleep();
    }
    throw new NoExecutorsException(
        ("no executor came from %s in %d s. Asked for executors of %s memory and %s cores each;"
                + " check that the master is reachable and that a worker has that much free, or"
                + " wait longer by a greater startSeconds")
            .formatted(
                settings.master(),
                settings.startSeconds(),
                context.getConf().get("spark.executor.memory", "1g"),
                context.getConf().get("spark.executor.cores", "all")));
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoExecutorsException("interrupted while waiting for executors");
    }
  }
}
