package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.cost.LatencyTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyTableIT {
  private static final String SEARCH =
      """
      data: {format: digits}
      cells:
        space: {type: small}
        budget: %s
        cells: 1
        channels: %s
      """;

  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void configure() throws IOException {
    table = folder.resolve("table.json");
    write("search.yaml", "{macs: 1000000}", 2);
  }

  @Test
  void aTableIsMeasuredAndASearchHeldToIt() throws IOException {
    Program.Answer measured =
        measure(
            "--json",
            "--output",
            table.toString(),
            "--rounds",
            "2",
            "--learn",
            "3",
            "--check",
            "2");

    assertThat(measured.code()).as(measured.text()).isZero();
    assertThat(measured.text())
        .contains("and 5 whole networks of small-cell, 1 cells, ")
        .contains("correction from 3 networks")
        .contains("check on 2 other networks")
        .contains("\"networksLearntFrom\":3,\"networksChecked\":2,\"errorsOfSumsPercent\":{");
    LatencyTable read = LatencyTable.read(table);
    assertThat(read.device().threads()).isEqualTo(1);
    assertThat(read.check()).hasSize(2);
    assertThat(folder.resolve("table.json.rounds")).doesNotExist();
    String budget = "{limits: [{resource: {type: latency, table: %s}, most: 0.01}]}";
    Path tight = write("tight.yaml", budget.formatted(table), 2);
    Path other = write("other.yaml", budget.formatted(table), 3);
    assertSearch(tight, 3, "the budget of 0.010 microseconds is below the smallest network");
    assertSearch(other, 2, "table.json was made for other networks");
  }

  @Test
  void aProgramForAnotherDeviceIsWrittenAndItsTimesAreRead() throws IOException {
    Path program = folder.resolve("program");
    Program.Answer written =
        measure("--program", program.toString(), "--learn", "1", "--check", "0");
    assertThat(written.code()).as(written.text()).isZero();
    assertThat(program.resolve("measure.py")).exists();
    Path csv = Files.writeString(folder.resolve("phone.csv"), "#espalier-latency,1\n");

    Program.Answer lacks = measure("--output", table.toString(), "--import", csv.toString());
    Program.Answer rounds =
        measure("--output", table.toString(), "--import", csv.toString(), "--rounds", "9");
    Program.Answer both = measure("--output", table.toString(), "--program", program.toString());
    Program.Answer neither = measure();

    assertThat(lacks.code()).isEqualTo(2);
    assertThat(lacks.text()).contains("phone.csv: there is no line '#space,small-cell, ");
    assertThat(rounds.code()).isEqualTo(2);
    assertThat(rounds.text())
        .contains("--rounds says how to measure, and --import measures nothing");
    assertThat(both.text()).contains("give --program, or --output");
    assertThat(neither.text()).contains("give --output for the table");
    assertThat(measure("--output", table.toString(), "--rounds", "0").text())
        .contains("--rounds must be from 1 to 10000, got 0");
    assertThat(table).doesNotExist();
  }

  private void assertSearch(Path config, int code, String message) {
    Program.Answer answer =
        Program.run(
            "search",
            "--config",
            config.toString(),
            "--output",
            folder.resolve("run-" + config.getFileName()).toString(),
            "--master",
            "local[1]");
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.text()).contains(message);
  }

  private Program.Answer measure(String... options) {
    List<String> command =
        new ArrayList<>(
            List.of("latency-table", "--config", folder.resolve("search.yaml").toString()));
    command.addAll(List.of(options));
    return Program.run(command.toArray(String[]::new));
  }

  private Path write(String name, String budget, int channels) throws IOException {
    return Files.writeString(folder.resolve(name), SEARCH.formatted(budget, channels));
  }
}
