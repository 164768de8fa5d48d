package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.espalier.search.RoundBytes;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long MEGABYTE = 1L << 20;
  private static final RoundBytes ROUND =
      new RoundBytes(40 * MEGABYTE, 8 * MEGABYTE, 100 * MEGABYTE, 2 * MEGABYTE);

  @Test
  void theDriverHoldsTheSumsOfAllGroupsAndThreeMoreAndTheStateEightTimes() {
    MemoryPlan plan = plan("spark://host:7077", ExecutorSize.STANDARD, 3000);

    assertThat(plan.driverNeed() >> 20)
        .isEqualTo(192 + 30 + (16 + 3) * 100 + 8 * 40 + 2 * (40 + 8 + 2));
    assertThat(plan.lines().get(0))
        .isEqualTo(
            "memory    driver: about 2,542 MB of its heap of 3,000 MB ((16 results + 3) x 100 MB of"
                + " sums, 8 x 40 MB of state, and what else moves)");
  }

  @Test
  void anExecutorsHeapHoldsTheViewAndOfEachCoreSumsAndAWarmSupernet() {
    MemoryPlan plan = plan("yarn", ExecutorSize.standard(2, false), 3000);

    assertThat(plan.executorNeed() >> 20)
        .isEqualTo(192 + 30 + 2 * 40 + 2 * (4 * 100 + 4 * 40 + 2 * (8 + 2)));
    assertThat(plan.executorHeap() >> 20).isEqualTo(1462);
    assertThat(plan.executorNative() >> 20).isEqualTo(4096 - 1462);
    assertThat(plan.lines().get(1))
        .contains("4,096 MB each, a heap of 1,462 MB", "2,634 MB for networks; 2 cores");
  }

  @Test
  void inLocalModeTheDriverPerformsItemsToo() {
    long one = plan("local[1]", ExecutorSize.STANDARD, 9000).driverNeed();
    long two = plan("local[2]", ExecutorSize.STANDARD, 9000).driverNeed();

    assertThat((two - one) >> 20).isEqualTo(4 * 100 + 4 * 40 + 2 * (8 + 2));
  }

  @Test
  void aDriverThatIsTooSmallIsRefusedWithTheArithmetic() {
    MemoryPlan plan = plan("spark://host:7077", ExecutorSize.STANDARD, 2000);

    assertThatThrownBy(plan::check)
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessage(
            "the driver's heap of 2,000 MB cannot hold the largest round, which takes about 2,542"
                + " MB: 16 results and 3 copies more of 100 MB of sums each, 8 copies of 40 MB of"
                + " state, the rest for items, data and Spark; start with ESPALIER_HEAP=2600m, or"
                + " take fewer groups");
  }

  @Test
  void executorsThatAreTooSmallAreRefusedWithTheArithmetic() {
    MemoryPlan plan = plan("yarn", new ExecutorSize(1, 1 << 30, false), 3000);

    assertThatThrownBy(plan::check)
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("executors of 1,024 MB are too small: their heap needs 882 MB")
        .hasMessageContaining("--executor-memory 1400m");
  }

  @Test
  void amountsOfMemoryAreReadAsSparkWritesThem() {
    assertThat(ExecutorSize.bytes("3g")).isEqualTo(3L << 30);
    assertThat(ExecutorSize.bytes("2500M")).isEqualTo(2500 * MEGABYTE);
    assertThatThrownBy(() -> ExecutorSize.bytes("3 GB"))
        .hasMessageContaining("a whole number and m or g, such as 3g, got '3 GB'");
    assertThatThrownBy(() -> new ExecutorSize(2, 4L << 30, true))
        .hasMessageContaining("it has 1 core, got 2");
    assertThatThrownBy(
            () -> new SparkCluster("yarn", ExecutorSize.STANDARD, Map.of("cores.max", "8")))
        .hasMessageContaining("begin with 'spark.', got 'cores.max'");
  }

  @Test
  void settingsOfSparkThatWouldBelieThePlanAreRefusedWithTheOptionToUse() {
    assertThatThrownBy(() -> with("spark.executor.memory"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'spark.executor.memory' follows from --executor-memory; give that instead");
    assertThatThrownBy(() -> with("spark.executor.memoryOverhead"))
        .hasMessageContaining("--executor-memory");
    assertThatThrownBy(() -> with("spark.executor.cores")).hasMessageContaining("--executor-cores");
    assertThat(with("spark.cores.max").conf()).containsKey("spark.cores.max");
  }

  private static SparkCluster with(String key) {
    return new SparkCluster("yarn", ExecutorSize.STANDARD, Map.of(key, "2"));
  }

  @Test
  void mastersOnTheLoopbackInterfaceAreNotRemote() {
    assertThat(SparkCluster.of("spark://127.0.0.1:7077").remote()).isFalse();
    assertThat(SparkCluster.of("spark://localhost:7077").remote()).isFalse();
    assertThat(SparkCluster.of("local[2]").remote()).isFalse();
    assertThat(SparkCluster.of("local-cluster[2,1,512]").remote()).isFalse();
    assertThat(SparkCluster.of("spark://10.0.0.7:7077").remote()).isTrue();
    assertThat(SparkCluster.of("spark://127.0.0.1:7077,10.0.0.7:7077").remote()).isTrue();
    assertThat(SparkCluster.of("k8s://https://127.0.0.1:6443").remote()).isTrue();
  }

  private static MemoryPlan plan(String master, ExecutorSize size, long driverMegabytes) {
    return MemoryPlan.of(
        new SparkCluster(master, size, Map.of()),
        ROUND,
        16,
        30 * MEGABYTE,
        driverMegabytes * MEGABYTE);
  }
}
