package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.spark.SparkVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkExaminationTest {
  @TempDir Path home;

  @Test
  void theProgramsOwnSparkIsGood() {
    assertThat(SparkExamination.examine(null, null))
        .singleElement()
        .isEqualTo(Finding.ok("spark", "Spark " + SparkVersions.own()));
  }

  @Test
  void anInstallationIsJudgedByItsVersion() throws Exception {
    assertThat(level()).isEqualTo(Finding.Level.ERROR);
    Files.createDirectory(home.resolve("bin"));
    Files.createFile(home.resolve("bin/spark-submit")).toFile().setExecutable(true);
    assertThat(level()).isEqualTo(Finding.Level.WARNING);
    release("3.5.9");
    assertThat(level()).isEqualTo(Finding.Level.ERROR);
    assertThat(SparkExamination.examine(home.toString(), null).get(0).text())
        .contains(home.toString(), "3.5.9");
    release("4.2.9");
    assertThat(level()).isEqualTo(Finding.Level.WARNING);
    release("4.3.0");
    assertThat(level()).isEqualTo(Finding.Level.OK);
  }

  @Test
  void aMasterThatDoesNotAnswerIsAnError() {
    assertThat(SparkExamination.examine("", "spark://127.0.0.1:1"))
        .hasSize(2)
        .element(1)
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Finding.Level.ERROR);
              assertThat(finding.text()).contains("no Spark master answers");
            });
  }

  @Test
  void aMasterWhosePageIsElsewhereIsNotCalledFit() throws Exception {
    try (ServerSocket master = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "spark://127.0.0.1:" + master.getLocalPort();

      assertThat(SparkExamination.examine(null, address).get(1))
          .isEqualTo(
              Finding.warning(
                  "cluster",
                  address + " answers, but with which Spark is not known: its page is not at 8080",
                  "see that it has Spark " + SparkVersions.own()));
    }
  }

  private Finding.Level level() {
    return SparkExamination.examine(home.toString(), null).get(0).level();
  }

  private void release(String version) throws Exception {
    Files.writeString(home.resolve("RELEASE"), "Spark " + version + " built for Hadoop 3\n");
  }
}
