package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFoldersTest {
  @TempDir Path temporary;

  @Test
  void oneThatCanBeWrittenIsEnoughAndIsLeftAsItWas() {
    SparkConf conf =
        new SparkConf(false).set("spark.local.dir", "/proc/x, " + temporary.resolve("new"));

    assertThatCode(() -> LocalFolders.check(conf, Map.of())).doesNotThrowAnyException();
    assertThat(temporary.resolve("new")).isEmptyDirectory();
  }

  @Test
  void noneIsRefusedWithTheNameOfWhatNamesThem() {
    SparkConf conf = new SparkConf(false).set("spark.local.dir", "/proc/x");

    assertThatThrownBy(() -> LocalFolders.check(conf, Map.of()))
        .isInstanceOf(NoExecutorsException.class)
        .hasMessageContaining("spark.local.dir")
        .hasMessageContaining("'/proc/x'");
    assertThatThrownBy(
            () ->
                LocalFolders.check(
                    conf.set("spark.local.dir", temporary.toString()),
                    Map.of("SPARK_LOCAL_DIRS", "/proc/y,/proc/z")))
        .hasMessageContaining("SPARK_LOCAL_DIRS")
        .hasMessageContaining("'/proc/y'")
        .hasMessageContaining("'/proc/z'");
  }
}
