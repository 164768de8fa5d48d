package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkVersionsTest {
  @TempDir Path home;

  @Test
  void whatWasTriedIsAllowed() {
    assertThat(SparkVersions.TRIED)
        .allMatch(driver -> SparkVersions.refusal(driver).isEmpty())
        .allMatch(SparkVersions::tried)
        .contains(SparkVersions.own());
    assertThat(SparkVersions.TRIED_TOGETHER)
        .allMatch(pair -> SparkVersions.refusal(pair.driver(), pair.cluster()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5.9", "4.0.1", "4.1.2", "2.4"})
  void olderDriversAreRefused(String driver) {
    assertThat(SparkVersions.refusal(driver))
        .hasValueSatisfying(
            text -> assertThat(text).contains("Spark " + driver, "needs Spark 4.1.4 or newer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.7", "4.4.0", "5.0.0", "4.2.0-vendor-1", "unknown"})
  void whatIsNotKnownToFailIsAllowed(String driver) {
    assertThat(SparkVersions.refusal(driver)).isEmpty();
    assertThat(SparkVersions.tried(driver)).isFalse();
  }

  @Test
  void minorVersionsDoNotGoTogether() {
    assertThat(SparkVersions.refusal("4.1.4", "4.2.0")).isPresent();
    assertThat(SparkVersions.refusal("4.2.0", "4.3.0"))
        .hasValueSatisfying(
            text -> assertThat(text).contains("4.3.0 there, 4.2.0 here", "SPARK_HOME"));
    assertThat(SparkVersions.refusal("4.2.0", "4.2.1")).isEmpty();
  }

  @Test
  void anInstallationSaysItsVersionInItsReleaseOrByItsJars() throws IOException {
    assertThat(SparkVersions.of(home)).isEmpty();
    Path jars = Files.createDirectory(home.resolve("jars"));
    assertThat(SparkVersions.of(home)).isEmpty();
    Files.createFile(jars.resolve("spark-core_2.12-3.5.7.jar"));
    assertThat(SparkVersions.of(home)).contains("3.5.7");
    Files.writeString(home.resolve("RELEASE"), "Spark 3.5.9 (git revision x) built for Hadoop\n");
    assertThat(SparkVersions.of(home)).contains("3.5.9");
  }
}
