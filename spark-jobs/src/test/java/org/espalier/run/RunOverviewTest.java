package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.run.RunOverview.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOverviewTest {
  private static final RunIdentity SEARCH = new RunIdentity("search", "seed: 1\n");

  @TempDir Path folder;

  @Test
  void runsAreListedByWhatTheyAreDoing() throws IOException {
    done("a", Map.of("testAccuracyPercent", 98.4, "macs", 1234));
    stopped("c");
    Files.createDirectories(folder.resolve("no run"));
    Files.writeString(folder.resolve("no run/config.yaml"), "seed: 1\n");
    Files.writeString(folder.resolve("file"), "");
    try (RunDirectory running = open("b")) {
      progress(running, 0.43, "trial", 97.5);

      List<RunOverview> runs = list(Instant.now());

      assertThat(runs).extracting(RunOverview::name).containsExactly("a", "b", "c");
      assertThat(runs)
          .extracting(RunOverview::state)
          .containsExactly(State.DONE, State.RUNNING, State.STOPPED);
      assertThat(runs).extracting(RunOverview::command).containsOnly("search");
      assertThat(runs.get(0).detail()).isEqualTo("test accuracy 98.40 %, 1234 MACs");
      assertThat(runs.get(1).share()).isEqualTo(OptionalDouble.of(0.43));
      assertThat(runs.get(1).detail()).isEqualTo("trial, best validation accuracy, percent 97.50");
      assertThat(runs.get(2).share()).isEmpty();
    }
  }

  @Test
  void aDriverThatIsNotHeardOfIsSaidToBeSilent() throws IOException {
    try (RunDirectory lost = open("lost")) {
      progress(lost, 0.1, "search", 10);

      RunOverview run = list(Instant.now().plus(Duration.ofHours(3))).get(0);

      assertThat(run.state()).isEqualTo(State.SILENT);
      assertThat(run.silence().orElseThrow()).isGreaterThan(Duration.ofHours(2));
    }
  }

  @Test
  void aRunMayBeNamedItself() throws IOException {
    stopped("one");

    assertThat(RunOverview.in(folder.resolve("one").toString(), Instant.now()))
        .extracting(RunOverview::name)
        .containsExactly("one");
  }

  @Test
  void damageIsNoReasonNotToList() throws IOException {
    done("done", Map.of());
    Files.writeString(folder.resolve("done/result.json"), "{\"outcome\": ");
    try (RunDirectory run = open("going")) {
      progress(run, 0.5, "trial", 50);
    }
    Files.writeString(folder.resolve("going/events/000001.jsonl"), "{\"event\"");
    Files.delete(lease("going"));
    Files.writeString(lease("going"), "");

    assertThat(list(Instant.now())).extracting(RunOverview::name).containsExactly("done", "going");
  }

  @Test
  void nothingIsWritten() throws IOException {
    done("a", Map.of());
    stopped("b");
    Map<String, Long> before = tree();

    list(Instant.now());

    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> RunOverview.in(folder.resolve("none").toString(), Instant.now()))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("none is not a folder");
  }

  private List<RunOverview> list(Instant now) {
    return RunOverview.in(folder.toString(), now);
  }

  private RunDirectory open(String name) {
    return RunDirectory.open(folder.resolve(name).toString(), SEARCH, false, line -> {});
  }

  private void stopped(String name) {
    open(name).close();
  }

  private void done(String name, Map<String, ?> network) {
    try (RunDirectory run = open(name)) {
      run.finish(
          new RunResult(Map.of("exported", 0, "networks", List.of(network)), Map.of()), "report");
    }
  }

  private static void progress(RunDirectory run, double share, String phase, double accuracy) {
    run.event(Map.of("shareDone", 0.01, "nextPhase", "earlier"));
    run.event(
        Map.of(
            "shareDone", share, "nextPhase", phase, "best validation accuracy, percent", accuracy));
    run.checkpoint(Map.of("state", new byte[1]));
  }

  private Path lease(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name).resolve("lease"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]+"))
          .findFirst()
          .orElse(folder.resolve(name).resolve("lease/000001"));
    }
  }

  private Map<String, Long> tree() throws IOException {
    Map<String, Long> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        tree.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return tree;
  }
}
