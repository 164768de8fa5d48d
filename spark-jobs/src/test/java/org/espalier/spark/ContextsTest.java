package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
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

  private static SparkSettings settings(String master, Map<String, String> conf) {
    SparkCluster cluster = new SparkCluster(master, ExecutorSize.STANDARD, conf);
    RoundBytes largest = new RoundBytes(1, 1, 1, 1);
    return new SparkSettings(
        "test", MemoryPlan.of(cluster, largest, 1, 1, Long.MAX_VALUE >> 20), 1, 1 << 20, 1);
  }
}
