package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.search.table.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTablesIT {
  @TempDir Path folder;

  @Test
  void playsAllSearchesOnEveryTableOfAFolder() throws IOException {
    Parts.copy(Parts.NAS_BENCH_201, folder);
    Parts.copy(Parts.NAS_BENCH_MACRO, folder);
    Path csv = folder.resolve("searches.csv");

    Program.Answer answer = run("--seeds", "2", "--queries", "5,20", "--csv", csv.toString());

    assertThat(answer.code()).as(answer.text()).isZero();
    assertThat(answer.text())
        .contains("NAS-Bench-201, 729 networks")
        .contains("NAS-Bench-Macro, 256 networks")
        .contains("no limit: 100.0 % of the networks");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0))
        .isEqualTo("table,limit,policy,seed,queries,network,seen,counts,regret");
    assertThat(lines).hasSize(1 + 2 * 7 * 2 * 2);
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> Double.parseDouble(line.split(",", -1)[8]) >= 0);
  }

  @Test
  void playsWithinLimits() throws IOException {
    Parts.copy(Parts.NAS_BENCH_201, folder);

    Program.Answer answer =
        run("--limits", "--seeds", "2", "--queries", "10", "--policies", "evolution,regression");

    assertThat(answer.code()).as(answer.text()).isZero();
    assertThat(answer.text().lines().filter(line -> line.startsWith("over the limit")))
        .hasSize(4 + 3 * 3)
        .containsOnly("over the limit: 0 of 4, nothing found: 0");
  }

  @Test
  void whatCannotBePlayedIsRefused() throws IOException {
    Parts.copy(Parts.NAS_BENCH_201, folder);

    assertThat(run("--policies", "evolutoin").text())
        .contains("unknown policy 'evolutoin'; did you mean 'evolution'?");
    assertThat(run("--queries", "10,10").text()).contains("--queries must rise from 1");
    assertThat(run("--seeds", "0").text()).contains("--seeds must be at least 1, got 0");
    Program.Answer missing = Program.run("bench", "tables", "--data", folder + "/none");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.text()).contains("there is no file or folder");
  }

  private Program.Answer run(String... options) {
    List<String> line = new ArrayList<>(List.of("bench", "tables", "--data"));
    line.add(folder.toString());
    line.addAll(List.of(options));
    return Program.run(line.toArray(String[]::new));
  }
}
