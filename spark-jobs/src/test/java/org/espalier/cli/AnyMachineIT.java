package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine, an account or a folder is like does not matter. */
class AnyMachineIT {
  private static final String TRAIN =
      """
      seed: 1
      data: {format: csv, path: data/some.csv, height: 2, width: 2}
      network: {type: readyMade, family: plain, widths: [2, 2, 2, 2, 2, 2]}
      training: {epochs: 1, batchSize: 4, optimiser: {type: sgd, learningRate: 0.01}}
      """;

  @TempDir Path folder;

  @Test
  void aSearchNeedsNoAddressOfTheMachineNoNameOfTheAccountAndNoHdfs() throws Exception {
    Files.writeString(folder.resolve("hosts"), "");
    Path hadoop = Files.createDirectories(folder.resolve("hadoop"));
    Files.writeString(
        hadoop.resolve("core-site.xml"),
        "<configuration><property><name>fs.defaultFS</name><value>hdfs://127.0.0.1:9</value>"
            + "</property></configuration>");
    String config = Program.searchOfManyRounds(folder).toString();
    List<String> java =
        List.of(
            "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
            "-Duser.name=?",
            "-cp",
            hadoop + File.pathSeparator + System.getProperty("java.class.path"));

    String said = end(folder, java, "search", "--config", config, "--output", "run");

    assertThat(folder.resolve("run/_SUCCESS")).as(said).exists();
  }

  @Test
  void aRunWithRelativePathsIsUsedFromAnyFolder() throws Exception {
    Path begun = Files.createDirectories(folder.resolve("begun"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectories(begun.resolve("data"));
    Files.writeString(begun.resolve("data/some.csv"), table());
    String config = Files.writeString(folder.resolve("train.yaml"), TRAIN).toString();
    String run = folder.resolve("run").toString();
    List<String> java = List.of("-cp", System.getProperty("java.class.path"));

    String trained = end(begun, java, "train", "--config", config, "--output", run);
    String evaluated = end(elsewhere, java, "evaluate", "--run", run);
    Files.delete(Path.of(run, "_SUCCESS"));
    String resumed = end(elsewhere, java, "train", "--config", config, "--output", run);

    assertThat(trained).contains("report: ");
    assertThat(evaluated).contains("accuracy ");
    assertThat(resumed).contains("going on from checkpoint", "report: ");
    assertThat(Path.of(run, "config.yaml"))
        .content()
        .contains("# Relative paths are meant from: " + begun.toRealPath(), "path: data/some.csv");
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      table.append(i % 2).append(",%s,%s,%s,%s\n".formatted(i, 2 * i, 3 * i, 200 * (i % 2)));
    }
    return table.toString();
  }

  private String end(Path from, List<String> java, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(java);
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(from.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    process.waitFor();
    return Files.readString(said);
  }
}
