package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.espalier.spark.ExecutorKiller;
import org.espalier.spark.StandaloneCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise, through the command: a run comes to the same fingerprint on one slot, on two, on a
 * real cluster, on one that loses an executor in mid-round, and when its driver is killed.
 */
class SameBitsIT {
  @TempDir static Path folder;
  private static final Map<Path, String> EXPECTED = new ConcurrentHashMap<>();
  private static StandaloneCluster cluster;

  /** One configuration of several rounds for each method. */
  static Stream<Path> configurations() {
    return Stream.of(Program.searchOfManyRounds(folder), Program.affineSharing(folder));
  }

  @BeforeAll
  static void startCluster() throws IOException {
    Files.createDirectories(localDisk());
    String classPath = System.getProperty("java.class.path");
    cluster = StandaloneCluster.start(2, classPath, List.of("-Dspark.local.dir=" + localDisk()));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void onTwoSlotsOfThisProcess(Path config) {
    assertThat(fingerprint(run(config, "two-slots", "local[2]"))).isEqualTo(expected(config));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void onAClusterOfTwoWorkers(Path config) {
    assertThat(fingerprint(run(config, "cluster", cluster.url()))).isEqualTo(expected(config));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void onAClusterThatLosesAnExecutorInMidRound(Path config) {
    Path run;
    try (ExecutorKiller killer = ExecutorKiller.inRound(cluster, 2)) {
      run = run(config, "executor-killed", cluster.url());
      assertThat(killer.lostTasks()).as("Spark tasks lost with their executor").isPositive();
    }

    assertThat(fingerprint(run)).isEqualTo(expected(config));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void whenTheDriverIsKilledAndTheSameCommandGivenAgain(Path config) throws Exception {
    Path run = folder.resolve(name(config, "driver-killed"));
    Path log = folder.resolve(name(config, "driver-killed.log"));
    Process driver = Program.start(log, command(config, run, cluster.url()));
    try {
      StandaloneCluster.await(
          "the driver has written two checkpoints",
          () -> Files.exists(run.resolve("checkpoints/000002/MANIFEST")));
      assertThat(copiesOnLocalDisk()).as("copies of the data on executors").isNotEmpty();
    } finally {
      driver.destroyForcibly().waitFor();
    }
    assertThat(run.resolve("_SUCCESS")).doesNotExist();

    Program.Answer answer = Program.run(command(config, run, cluster.url()));

    assertThat(answer.code()).as(answer.text()).isZero();
    assertThat(answer.text()).contains("going on from checkpoint 00000");
    assertThat(fingerprint(run)).isEqualTo(expected(config));
  }

  private static Path localDisk() {
    return folder.resolve("local-disk");
  }

  private static List<Path> copiesOnLocalDisk() throws IOException {
    try (Stream<Path> files = Files.walk(localDisk())) {
      return files.filter(file -> file.toString().matches(".*/espalier-data/data-.*")).toList();
    }
  }

  private static String expected(Path config) {
    return EXPECTED.computeIfAbsent(
        config, missing -> fingerprint(run(config, "one-slot", "local[1]")));
  }

  private static Path run(Path config, String name, String master) {
    Path run = folder.resolve(name(config, name));
    Program.Answer answer = Program.run(command(config, run, master));
    assertThat(answer.code()).as(answer.text()).isZero();
    return run;
  }

  private static String[] command(Path config, Path run, String master) {
    List<String> command = new ArrayList<>(List.of("search", "--config", config.toString()));
    command.addAll(List.of("--output", run.toString(), "--master", master));
    return command.toArray(String[]::new);
  }

  private static String name(Path config, String name) {
    return config.getFileName() + "-" + name;
  }

  private static String fingerprint(Path run) {
    try {
      return Program.fingerprint(Files.readString(run.resolve("result.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
