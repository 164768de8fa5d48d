package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts for clusters; the build's class paths are those of the phase before. */
class ClusterScriptsIT {
  private static final Path CLUSTER = Path.of("../submit/cluster/cluster");
  private static final Path GPUS = Path.of("../submit/gpu-discovery.sh");

  @TempDir Path folder;

  @Test
  void aClusterStartsSaysWhatItIsAndEndsWithAllItsProcesses() throws Exception {
    Path kept = folder.resolve("state/work-1.kept/notes.txt");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "of an earlier cluster");
    Files.writeString(folder.resolve("state/espalier-cluster"), "");
    Answer started =
        run(
            CLUSTER,
            "start",
            "--workers",
            "1",
            "--port",
            "0",
            "--web-port",
            "0",
            "--fake-gpus",
            "2");
    List<Long> processes = new ArrayList<>();
    try {
      Answer again = run(CLUSTER, "start");
      Answer status = run(CLUSTER, "status");
      Matcher numbers = Pattern.compile("process ([0-9]+)").matcher(status.text());
      while (numbers.find()) {
        processes.add(Long.valueOf(numbers.group(1)));
      }

      assertThat(started.code()).as(started.text()).isZero();
      assertThat(started.text())
          .containsPattern("master spark://127\\.0\\.0\\.1:[1-9][0-9]*, its page http://");
      assertThat(again.code()).isEqualTo(ExitCode.NO_RESOURCES);
      assertThat(again.text()).contains("a cluster runs already");
      assertThat(status.text()).contains("master runs", "worker-1 runs", "master spark://");
      assertThat(processes).hasSize(2);
      assertThat(Files.readString(folder.resolve("state/master.log")))
          .contains("elected leader")
          .doesNotContain("REST server");
      assertThat(Files.readString(folder.resolve("state/worker-1.log")))
          .contains("gpu -> [name: gpu, addresses: 0,1]");
    } finally {
      Answer stopped = run(CLUSTER, "stop");
      assertThat(stopped.text()).contains("ended 2 processes");
    }
    assertThat(processes).noneMatch(ClusterScriptsIT::alive);
    assertThat(run(CLUSTER, "status").code()).isEqualTo(1);
    assertThat(kept).hasContent("of an earlier cluster");
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws Exception {
    Path thesis = folder.resolve("state/thesis");
    Files.createDirectories(thesis.getParent());
    Files.writeString(thesis, "years of work");

    Answer refused = run(CLUSTER, "start", "--workers", "1");

    assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.text()).contains("is not empty, and no folder of a cluster of yours");
    assertThat(thesis).hasContent("years of work");
    assertThat(folder.resolve("state")).isDirectoryContaining(thesis::equals);
  }

  @Test
  void aFolderThatOthersCanReachIsNotUsed() throws Exception {
    Path state = folder.resolve("state");
    Files.createSymbolicLink(state, Files.createDirectory(folder.resolve("elsewhere")));
    Answer link = run(CLUSTER, "start", "--workers", "1");
    Files.delete(state);
    Files.createDirectory(state);
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
    Answer open = run(CLUSTER, "start", "--workers", "1");

    for (Answer refused : List.of(link, open)) {
      assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(refused.text()).contains("is a link, or others can write it");
    }
    assertThat(folder.resolve("elsewhere")).isEmptyDirectory();
  }

  @Test
  void mistakesAreSaid() throws Exception {
    assertThat(run(CLUSTER, "strat").text()).contains("say start, status or stop");
    assertThat(run(CLUSTER, "start", "--wrokers", "2").text()).contains("unknown option --wrokers");
    assertThat(run(CLUSTER, "start", "--workers").text()).contains("--workers needs a value");
    assertThat(run(CLUSTER, "start", "--workers", "two").text()).contains("'two' is not a whole");
  }

  @Test
  void gpusAreListedAsSparkWantsThem() throws Exception {
    Answer none = run(GPUS);
    program("nvidia-smi", "printf '0\\n1\\n'");
    Answer two = run(GPUS);
    program("nvidia-smi", "echo 'No devices were found'");
    Answer empty = run(GPUS);
    program("nvidia-smi", "echo 'cannot talk to the driver'; exit 9");
    Answer broken = run(GPUS);

    assertThat(none.text()).contains("there is no 'nvidia-smi'");
    assertThat(none.code()).isEqualTo(1);
    assertThat(two.text()).isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\"]}\n");
    assertThat(two.code()).isZero();
    assertThat(empty.text()).contains("lists no GPU").contains("No devices were found");
    assertThat(broken.text()).contains("nvidia-smi failed").contains("cannot talk to the driver");
    assertThat(broken.code()).isEqualTo(1);
  }

  private Answer run(Path script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.remove("SPARK_HOME");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("ESPALIER_CLUSTER", folder.resolve("state").toString());
    environment.put("PATH", folder + ":/usr/bin:/bin");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  private void program(String name, String lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * One that has ended may wait for whoever started it to take note; it has no command line any
   * more.
   */
  private static boolean alive(long process) {
    try {
      return !Files.readString(Path.of("/proc/" + process + "/cmdline"), StandardCharsets.UTF_8)
          .isEmpty();
    } catch (IOException gone) {
      return false;
    }
  }

  private record Answer(int code, String text) {}
}
