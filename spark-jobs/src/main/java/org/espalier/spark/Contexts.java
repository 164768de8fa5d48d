package org.espalier.spark;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.text.InputException;
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
  private static final String NEVER = "3650d";

  /** Limits that otherwise follow from spark.network.timeout. */
  private static final List<String> NETWORK_LIMITS =
      List.of(
          "spark.storage.blockManagerHeartbeatTimeoutMs",
          "spark.storage.blockManagerSlaveTimeoutMs",
          "spark.rpc.askTimeout",
          "spark.rpc.lookupTimeout");

  private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String NATIVE_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final String LANGUAGE = "user.language";
  private static final String NATIVE_CACHE = "org.bytedeco.javacpp.cachedir";

  private static final Logger LOG = LoggerFactory.getLogger(Contexts.class);
  private static final long POLL_MILLIS = 100;

  private Contexts() {}

  /**
   * Refuses a process in which Spark is at work already: memory, threads and limits would be those
   * of somebody else's context.
   */
  static void refuseOthers() {
    if (SparkEnv.get() != null) {
      throw new InputException(StartFailure.OTHER_CONTEXT);
    }
  }

  static JavaSparkContext open(SparkSettings settings) {
    SparkVersions.refusal(SparkVersions.own())
        .ifPresent(
            refusal -> {
              throw new NoExecutorsException(refusal);
            });
    LocalNetwork.refusal()
        .ifPresent(
            refusal -> {
              throw new NoExecutorsException(refusal + ": " + LocalNetwork.ADVICE);
            });
    StandaloneMaster.check(settings.cluster(), SparkVersions.own());
    settings.memory().check();
    SparkConf configuration = configuration(settings);
    LocalFolders.check(configuration, System.getenv());
    JavaSparkContext context = start(configuration);
    try {
      if (!settings.cluster().local()) {
        // Executors that Spark starts for waiting tasks only come to the first of them.
        if (!dynamic(configuration)) {
          awaitExecutor(context, settings);
        }
        ExecutorProbe.check(context, settings);
      }
      return context;
    } catch (RuntimeException e) {
      context.stop();
      throw e;
    }
  }

  private static JavaSparkContext start(SparkConf configuration) {
    try {
      return new JavaSparkContext(configuration);
    } catch (Exception e) { // Spark throws checked exceptions without declaring them.
      throw StartFailure.of(e, configuration);
    }
  }

  /** Whether Spark itself starts executors when tasks wait, and lets them go when none do. */
  static boolean dynamic(SparkConf configuration) {
    return configuration.getBoolean("spark.dynamicAllocation.enabled", false);
  }

  static SparkConf configuration(SparkSettings settings) {
    SparkCluster cluster = settings.cluster();
    nameThisMachine(cluster);
    // Nobody else needs to reach a driver here.
    SparkConf configuration = cluster.remote() ? new SparkConf() : new LoopbackConf();
    cluster.conf().forEach(configuration::set);
    configuration
        .setMaster(settings.master())
        .setAppName(settings.name())
        .set("spark.driver.maxResultSize", settings.resultBytes() + "b")
        // What travels is bytes already, so an installation's choice of another gains nothing; not
        // each of them can write a task's group.
        .set("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
        .setIfMissing("spark.ui.enabled", "false")
        // A page of another site, open in a browser here, could use the buttons too.
        .setIfMissing("spark.ui.killEnabled", "false")
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        .setIfMissing("spark.task.maxFailures", "4")
        // One file for each of very many groups, instead of one for each that a group might go to.
        .setIfMissing("spark.shuffle.sort.bypassMergeThreshold", "1")
        // Weights hardly get smaller by it.
        .setIfMissing("spark.broadcast.compress", "false");
    if (cluster.local()) {
      // Spark's local mode offers no GPUs, so a task that asks for one would wait for ever.
      configuration.remove("spark.task.resource.gpu.amount");
      configuration.remove("spark.executor.resource.gpu.amount");
      // Lack of memory fails the round, with words; Spark would end this process.
      configuration.set("spark.executor.killOnFatalError.depth", "0");
      // The one process has all classes already; shipping would copy them for each run.
      configuration.remove("spark.jars");
      // Nothing can be lost between threads of one process. Such limits end only a process that was
      // suspended, as by closing a laptop, and wakes up after them.
      configuration.set("spark.network.timeout", NEVER);
      NETWORK_LIMITS.forEach(configuration::remove);
      // Results stay in this process: handing them over beats storing and fetching them.
      configuration
          .setIfMissing("spark.task.maxDirectResultSize", "1900m")
          .setIfMissing("spark.rpc.message.maxSize", "2047");
    } else {
      sizeExecutors(configuration, settings.memory());
    }
    THREAD_VARIABLES.forEach(variable -> configuration.setExecutorEnv(variable, "1"));
    return configuration;
  }

  /**
   * Spark looks up this machine's own name before anything else, which on many has no address.
   * Where nobody else needs to reach it, it need not have one.
   */
  private static void nameThisMachine(SparkCluster cluster) {
    try {
      LOG.debug("this machine is {}", InetAddress.getLocalHost());
    } catch (UnknownHostException e) {
      if (!cluster.remote()) {
        org.apache.spark.util.Utils.setCustomHostname("127.0.0.1");
      } else if (System.getenv("SPARK_LOCAL_IP") == null) {
        throw new NoExecutorsException(
            ("executors of %s could not reach this machine, as its own name has no address (%s);"
                    + " set SPARK_LOCAL_IP to the address that they see, or add the name to"
                    + " /etc/hosts")
                .formatted(cluster.master(), e.getMessage()),
            e);
      }
    }
  }

  private static void sizeExecutors(SparkConf configuration, MemoryPlan memory) {
    ExecutorSize size = memory.cluster().executors();
    // Whatever the installation's defaults are: this is what was computed, printed and checked.
    configuration
        .set("spark.executor.cores", Integer.toString(size.cores()))
        .set("spark.executor.memory", (memory.executorHeap() >> 20) + "m")
        .set("spark.executor.memoryOverhead", (memory.executorNative() >> 20) + "m");
    String options = configuration.get(JAVA_OPTIONS, "");
    if (!options.contains(NATIVE_LIMIT)) {
      // JavaCPP counts the whole process; a tenth is left for what it does not see.
      options += " -D%s=%sm".formatted(NATIVE_LIMIT, (size.memory() >> 20) * 9 / 10);
    }
    if (!options.contains(LANGUAGE)) {
      // Some languages have digits and rules for capitals of their own, also in what libraries
      // write.
      options += " -D" + LANGUAGE + "=en";
    }
    String cache = System.getenv("ESPALIER_CACHE");
    if (cache != null && !cache.isEmpty() && !options.contains(NATIVE_CACHE)) {
      options += " -D%s=%s".formatted(NATIVE_CACHE, cache);
    }
    configuration.set(JAVA_OPTIONS, options.strip());
    if (size.gpu()) {
      configuration
          .setIfMissing("spark.executor.resource.gpu.amount", "1")
          .setIfMissing("spark.task.resource.gpu.amount", "1");
    }
  }

  private static void awaitExecutor(JavaSparkContext context, SparkSettings settings) {
    long polls = settings.startSeconds() * 1000L / POLL_MILLIS;
    for (long poll = 0; poll < polls; poll++) {
      if (context.sc().isStopped()) {
        break;
      }
      if (Executors.count(context) > 0) {
        return;
      }
      sleep();
    }
    throw new NoExecutorsException(
        "no executor came from %s in %s s. Asked for: %s. %s Wait longer by a greater startSeconds"
            .formatted(
                settings.master(),
                settings.startSeconds(),
                asked(context.getConf()),
                StandaloneOffer.describe(settings.master(), context.getConf())));
  }

  static String asked(SparkConf configuration) {
    String gpus = configuration.get("spark.executor.resource.gpu.amount", "");
    return "%s of memory and cores %s for each executor%s"
        .formatted(
            configuration.get("spark.executor.memory", "1g"),
            configuration.get("spark.executor.cores", "all"),
            gpus.isEmpty() ? "" : ", GPUs " + gpus);
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
