package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.espalier.data.format.DatasetSettings;
import org.espalier.spark.SparkCluster;
import org.junit.jupiter.api.Test;

class SharedFilesTest {
  private static final SparkCluster FAR = SparkCluster.of("spark://10.0.0.7:7077");

  private record Settings(DatasetSettings data, Boolean sharedFileSystem)
      implements ClusterSettings {
    @Override
    public Map<String, DatasetSettings> namedData() {
      return Map.of("digits", new DatasetSettings.Digits(), "b", data);
    }

    @Override
    public String keyOf(String name) {
      return "dataSets." + name;
    }
  }

  @Test
  void foldersOfOneMachineAreRefusedWhereManyMustReadThem() {
    assertThatThrownBy(() -> check(FAR, "", false, "runs/a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--output 'runs/a' is a folder of this machine")
        .hasMessageContaining("executors of spark://10.0.0.7:7077")
        .hasMessageContaining("sharedFileSystem: true");
    assertThatThrownBy(() -> check(FAR, "", false, "file:///home/ann/run"))
        .hasMessageContaining("--output 'file:///home/ann/run'");
    assertThatThrownBy(() -> check(FAR, "/data/cifar", false, "hdfs://nn/run"))
        .hasMessageContaining("dataSets.b.path '/data/cifar'");
  }

  @Test
  void foldersThatAllSeeAreNot() {
    assertThatCode(() -> check(FAR, "s3a://bucket/cifar", false, "hdfs://nn/run"))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(FAR, "", false, "hdfs://nn/run")).doesNotThrowAnyException();
    assertThatCode(() -> check(FAR, "/data/cifar", true, "runs/a")).doesNotThrowAnyException();
    assertThatCode(
            () -> check(SparkCluster.of("spark://127.0.0.1:7077"), "/data/c", false, "runs/a"))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(SparkCluster.of("local[2]"), "/data/c", false, "runs/a"))
        .doesNotThrowAnyException();
  }

  private static void check(SparkCluster cluster, String data, boolean shared, String output) {
    DatasetSettings settings =
        data.isEmpty() ? new DatasetSettings.Digits() : new DatasetSettings.Cifar10(data);
    SharedFiles.check(cluster, new Settings(settings, shared), output);
  }
}
