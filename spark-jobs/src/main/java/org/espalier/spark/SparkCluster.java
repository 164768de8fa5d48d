package org.espalier.spark;

import java.util.Map;
import java.util.Objects;
import org.espalier.text.InputException;

/**
 * Where a search runs: a master of Spark, what its executors may use, and more of Spark's settings.
 * Nothing in here changes a result.
 *
 * @param master for example {@code "local[2]"}, {@code "spark://host:7077"}, {@code "yarn"}
 * @param executors what each executor may use; means nothing in local mode
 * @param conf settings of Spark by key, which override Espalier's own; without those of an
 *     executor's size, which follow from {@code executors}
 */
public record SparkCluster(String master, ExecutorSize executors, Map<String, String> conf) {
  /** What the computed memory would no longer be true with, and the options to use instead. */
  private static final Map<String, String> SIZES =
      Map.of(
          "spark.executor.memory", "--executor-memory",
          "spark.executor.memoryOverhead", "--executor-memory",
          "spark.executor.cores", "--executor-cores");

  public SparkCluster {
    Objects.requireNonNull(master, "master");
    Objects.requireNonNull(executors, "executors");
    conf = Map.copyOf(conf);
    conf.keySet()
        .forEach(
            key -> {
              if (!key.startsWith("spark.")) {
                throw new InputException(
                    "Spark's settings begin with 'spark.', got '%s'".formatted(key));
              }
              if (SIZES.containsKey(key)) {
                throw new InputException(
                    "'%s' follows from %s; give that instead".formatted(key, SIZES.get(key)));
              }
            });
  }

  /** A master with executors as they usually are. */
  public static SparkCluster of(String master) {
    return new SparkCluster(master, ExecutorSize.STANDARD, Map.of());
  }

  /** Whether driver and executors are one process. */
  public boolean local() {
    return master.equals("local") || master.startsWith("local[");
  }

  /**
   * Whether executors may be on other machines: not in local mode, not in Spark's own tests of many
   * processes, and not if the master is reached over the loopback interface, which is reached from
   * nowhere else.
   */
  public boolean remote() {
    return !local()
        && !master.startsWith("local-cluster[")
        && !master.matches("spark://(127\\.[0-9.]+|localhost|\\[::1\\])(:[0-9]+)?");
  }
}
