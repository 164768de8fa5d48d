package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.espalier.search.RoundBytes;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {
  private static final RoundBytes LARGEST = new RoundBytes(1 << 20, 0, 40_000_000, 1_000_000);

  @Test
  void resultsMayTakeEveryGroupsSumsAndAQuarterMore() {
    assertThat(SparkSettings.resultBytes(LARGEST, 16)).isEqualTo(801_250_000L + (64L << 20));
  }

  @Test
  void executorsGetOneThreadAnItemAndTheComputedLimit() {
    SparkConf configuration =
        Contexts.configuration(SparkSettings.of("spark://host:7077", "name", LARGEST, 16));

    assertThat(configuration.get("spark.driver.maxResultSize")).isEqualTo("868358864b");
    assertThat(configuration.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(configuration.get("spark.executorEnv.SD_MASTER_THREADS")).isEqualTo("1");
    assertThat(configuration.contains("spark.driver.bindAddress")).isFalse();
  }

  @Test
  void executorsAreSizedAndToldTheirLimit() {
    SparkConf configuration =
        Contexts.configuration(SparkSettings.of("spark://host:7077", "name", LARGEST, 16));

    assertThat(configuration.get("spark.executor.memory")).isEqualTo("1024m");
    assertThat(configuration.get("spark.executor.memoryOverhead")).isEqualTo("2048m");
    assertThat(configuration.get("spark.executor.cores")).isEqualTo("1");
    assertThat(configuration.get("spark.executor.extraJavaOptions"))
        .isEqualTo("-Dorg.bytedeco.javacpp.maxphysicalbytes=2764m -Duser.language=en");
    assertThat(configuration.contains("spark.task.resource.gpu.amount")).isFalse();
  }

  @Test
  void executorsWithAGpuAskForOneForTheirOneTask() {
    SparkConf configuration = configuration("yarn", Map.of());

    assertThat(configuration.get("spark.executor.resource.gpu.amount")).isEqualTo("1");
    assertThat(configuration.get("spark.task.resource.gpu.amount")).isEqualTo("1");
    assertThat(configuration.get("spark.executor.cores")).isEqualTo("1");
  }

  @Test
  void localModeNeverAsksForGpus() {
    SparkConf configuration =
        configuration("local[2]", Map.of("spark.task.resource.gpu.amount", "1"));

    assertThat(configuration.contains("spark.task.resource.gpu.amount")).isFalse();
    assertThat(configuration.contains("spark.executor.resource.gpu.amount")).isFalse();
  }

  @Test
  void whatThePersonSetsStands() {
    SparkConf configuration =
        configuration(
            "yarn",
            Map.of(
                "spark.ui.enabled",
                "true",
                "spark.executor.extraJavaOptions",
                "-Duser.language=fr -Dorg.bytedeco.javacpp.maxphysicalbytes=7g"));

    assertThat(configuration.get("spark.ui.enabled")).isEqualTo("true");
    assertThat(configuration.get("spark.executor.extraJavaOptions"))
        .isEqualTo("-Duser.language=fr -Dorg.bytedeco.javacpp.maxphysicalbytes=7g");
  }

  private static SparkConf configuration(String master, Map<String, String> conf) {
    SparkCluster cluster = new SparkCluster(master, ExecutorSize.standard(1, true), conf);
    MemoryPlan memory = MemoryPlan.of(cluster, LARGEST, 16, 0, 2L << 30);
    return Contexts.configuration(new SparkSettings("name", memory, 60, 1, 1));
  }

  @Test
  void localRunsStayOnTheLoopbackInterface() {
    SparkConf configuration =
        Contexts.configuration(SparkSettings.of("local[2]", "name", LARGEST, 16));

    assertThat(configuration.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(configuration.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(configuration.get("spark.ui.enabled")).isEqualTo("false");
  }

  @Test
  void inOneProcessNoLimitOfANetworkEndsARunThatWasSuspended() {
    Map<String, String> installation =
        Map.of(
            "spark.network.timeout", "120s",
            "spark.storage.blockManagerHeartbeatTimeoutMs", "60s",
            "spark.rpc.askTimeout", "30s");

    SparkConf local = configuration("local[2]", installation);
    SparkConf elsewhere = configuration("yarn", installation);

    assertThat(local.getTimeAsSeconds("spark.network.timeout"))
        .isGreaterThan(Duration.ofDays(365).toSeconds());
    assertThat(local.contains("spark.storage.blockManagerHeartbeatTimeoutMs")).isFalse();
    assertThat(local.contains("spark.rpc.askTimeout")).isFalse();
    installation.forEach((key, value) -> assertThat(elsewhere.get(key)).isEqualTo(value));
  }

  @Test
  void lackOfMemoryDoesNotEndTheProcessOfALocalRun() {
    assertThat(configuration("local[2]", Map.of()).get("spark.executor.killOnFatalError.depth"))
        .isEqualTo("0");
    assertThat(configuration("yarn", Map.of()).contains("spark.executor.killOnFatalError.depth"))
        .isFalse();
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    MemoryPlan memory = SparkSettings.of("local", "name", LARGEST, 16).memory();

    assertThatThrownBy(() -> new SparkSettings("name", memory, 0, 1, 1))
        .hasMessageContaining("startSeconds must be at least 1, got 0");
    assertThatThrownBy(() -> new SparkSettings("name", memory, 1, 0, 1))
        .hasMessageContaining("resultBytes must be at least 1, got 0");
    assertThatThrownBy(() -> new SparkSettings("name", memory, 1, 1, -1))
        .hasMessageContaining("warmThings must be at least 0, got -1");
  }

  @Test
  void aMasterThatDoesNotAnswerEndsWithAMessage() {
    SparkSettings settings = SparkSettings.of("spark://127.0.0.1:9", "name", LARGEST, 16);

    assertThatThrownBy(() -> Contexts.open(settings))
        .isInstanceOf(NoExecutorsException.class)
        .hasMessageContaining("no Spark master answers at spark://127.0.0.1:9");
  }

  @Test
  void aMasterWithoutAPortIsRefused() {
    SparkSettings settings = SparkSettings.of("spark://host", "name", LARGEST, 16);

    assertThatThrownBy(() -> Contexts.open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark://host:port[,host:port], got 'spark://host'");
  }
}
