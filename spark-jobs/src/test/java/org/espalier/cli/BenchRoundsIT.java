package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.spark.StandaloneCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchRoundsIT {
  @TempDir Path folder;

  @Test
  void measuresStatesAndSpeedUpAndWritesATable() throws IOException {
    Path csv = folder.resolve("rounds.csv");

    Program.Answer answer =
        Program.run(
            "bench",
            "rounds",
            "states",
            "speedup",
            "--megabytes",
            "1",
            "--repeat",
            "1",
            "--steps",
            "1",
            "--csv",
            csv.toString());

    assertThat(answer.code()).as(answer.text()).isZero();
    List<String> lines = Files.readAllLines(csv);
    assertThat(answer.text().lines()).containsExactlyElementsOf(lines);
    assertThat(lines.get(0)).isEqualTo("measure,value,unit");
    assertThat(lines).hasSize(1 + 5 + 7);
    assertThat(lines.subList(1, 3)).allMatch(line -> value(line) > 0);
    assertThat(lines.subList(6, 13)).allMatch(line -> value(line) > 0);
  }

  @Test
  void measuresTheSpeedUpOfExecutorsOfACluster() {
    try (StandaloneCluster cluster = StandaloneCluster.start(2)) {
      Program.Answer answer =
          Program.run(
              "bench",
              "rounds",
              "speedup",
              "--master",
              cluster.url(),
              "--repeat",
              "1",
              "--steps",
              "1");

      assertThat(answer.code()).as(answer.text()).isZero();
      assertThat(answer.text().lines()).hasSize(1 + 7).last().asString().contains("of 1");
    }
  }

  @Test
  void whatCannotBeMeasuredIsRefusedBeforeTheWork() {
    assertThat(Program.run("bench", "rounds", "speed").text())
        .contains("unknown measurement 'speed'; expected one of states, items, speedup");
    assertThat(Program.run("bench", "rounds", "--megabytes", "0").text())
        .contains("--megabytes must be at least 1, got 0");
    assertThat(Program.run("bench", "rounds", "--master", "mars").code())
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  private static double value(String line) {
    return Double.parseDouble(line.split(",", -1)[1]);
  }
}
