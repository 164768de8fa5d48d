package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.search.RoundBytes;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class ContextsTest {
  @Test
  void whatIsNoAddressIsRefusedAsInput() {
    SparkSettings settings = settings("spark://a^b:7077", Map.of());

    assertThatThrownBy(() -> Contexts.open(settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("spark://host:port[,host:port], got 'spark://a^b:7077'");
  }

  @Test
  void whatSparkRefusesOfItsSettingsIsInput() {
    SparkSettings settings = settings("local[1]", Map.of("spark.driver.port", "many"));

    assertThatThrownBy(() -> Contexts.open(settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--conf")
        .hasMessageContaining("spark.driver.port");
  }

  @Test
  void anEventLogThatCannotBeWrittenIsNamedWithItsSetting() {
    SparkSettings settings =
        settings(
            "local[1]",
            Map.of("spark.eventLog.enabled", "true", "spark.eventLog.dir", "/none/such"));

    assertThatThrownBy(() -> Contexts.open(settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("spark.eventLog.dir, which is '/none/such'")
        .hasMessageContaining("spark.eventLog.enabled=false");
  }

  @Test
  void whatASettingNamesAndIsNotThereIsSaid() {
    SparkSettings settings = settings("local[1]", Map.of("spark.extraListeners", "no.Such"));

    assertThatThrownBy(() -> Contexts.open(settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no.Such");
  }

  @Test
  void anAddressOfAnotherMachineIsNoBadInput() {
    SparkSettings settings = settings("local[1]", Map.of("spark.driver.bindAddress", "192.0.2.1"));

    assertThatThrownBy(() -> Contexts.open(settings))
        .isInstanceOf(NoExecutorsException.class)
        .hasMessageContaining("cannot listen on '192.0.2.1'");
  }

  @Test
  void aContextOfSomebodyElseInThisProcessIsRefusedInWords() {
    try (JavaSparkContext notebook =
        new JavaSparkContext(
            Contexts.configuration(settings("local[1]", Map.of())).setAppName("notebook"))) {
      assertThatThrownBy(() -> Contexts.open(settings("local[1]", Map.of())))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has a Spark context already")
          .hasMessageContaining("sc.stop()");
      assertThat(notebook.sc().isStopped()).isFalse();
    }
  }

  @Test
  void pagesListenWhereTheDriverDoes() {
    LoopbackConf unsaid = new LoopbackConf(Map.<String, String>of()::get);
    LoopbackConf environment = new LoopbackConf(Map.of("SPARK_LOCAL_IP", "0.0.0.0")::get);
    LoopbackConf asked = new LoopbackConf(Map.<String, String>of()::get);
    asked.set("spark.driver.bindAddress", "10.0.0.1").set("spark.x", "y");

    assertThat(unsaid.getenv("SPARK_LOCAL_IP")).isEqualTo("127.0.0.1");
    assertThat(environment.getenv("SPARK_LOCAL_IP")).isEqualTo("0.0.0.0");
    assertThat(asked.clone().getenv("SPARK_LOCAL_IP")).isEqualTo("10.0.0.1");
    assertThat(asked.clone().get("spark.x")).isEqualTo("y");
    assertThat(Contexts.configuration(settings("local[1]", Map.of())))
        .isInstanceOf(LoopbackConf.class);
    assertThat(Contexts.configuration(settings("yarn", Map.of())))
        .isNotInstanceOf(LoopbackConf.class);
  }

  private static SparkSettings settings(String master, Map<String, String> conf) {
    SparkCluster cluster = new SparkCluster(master, ExecutorSize.STANDARD, conf);
    RoundBytes largest = new RoundBytes(1, 1, 1, 1);
    return new SparkSettings(
        "test", MemoryPlan.of(cluster, largest, 1, 1, Long.MAX_VALUE >> 20), 1, 1 << 20, 1);
  }
}
