package org.espalier.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final RunIdentity TRAIN = new RunIdentity("train", "seed: 1\nepochs: 5\n");

  @TempDir Path folder;

  @Test
  void aNewRunHasItsConfigurationAndNothingElseToSay() throws IOException {
    try (RunDirectory run = open()) {
      assertThat(run.resumed()).isEmpty();
      assertThat(run.notes()).isEmpty();
    }

    assertThat(folder.resolve("run/config.yaml"))
        .hasContent("# The resolved configuration of: espalier train\nseed: 1\nepochs: 5\n");
  }

  @Test
  void goesOnFromTheNewestCheckpointAndKeepsThree() throws IOException {
    try (RunDirectory run = open()) {
      for (int i = 1; i <= 5; i++) {
        run.event(Map.of("step", i));
        run.checkpoint(Map.of("state", bytes("state " + i)));
      }
    }

    try (RunDirectory run = open()) {
      assertThat(run.resumed().orElseThrow().number()).isEqualTo(5);
      assertThat(run.resumed().orElseThrow().file("state")).isEqualTo(bytes("state 5"));
      assertThat(run.notes()).containsExactly("going on from checkpoint 000005");
      assertThat(run.events())
          .extracting(event -> event.get("step").asInt())
          .containsExactly(1, 2, 3, 4, 5);
    }
    assertThat(names("run/checkpoints")).containsExactly("000003", "000004", "000005");
  }

  @Test
  void aDamagedCheckpointIsLeftOutForTheOneBefore() throws IOException {
    try (RunDirectory run = open()) {
      for (int i = 1; i <= 2; i++) {
        run.event(Map.of("step", i));
        run.checkpoint(Map.of("state", bytes("state " + i)));
      }
    }
    Files.writeString(folder.resolve("run/checkpoints/000002/state"), "state X");

    try (RunDirectory run = open()) {
      assertThat(run.resumed().orElseThrow().file("state")).isEqualTo(bytes("state 1"));
      assertThat(run.notes())
          .containsExactly(
              "left out checkpoint 000002: its file state is damaged",
              "going on from checkpoint 000001");
      assertThat(run.events()).hasSize(1);
    }
  }

  @Test
  void ifAllCheckpointsAreDamagedTheRunIsRefusedAndNothingRemoved() throws IOException {
    try (RunDirectory run = open()) {
      for (int i = 1; i <= 2; i++) {
        run.event(Map.of("step", i));
        run.checkpoint(Map.of("state", bytes("state " + i)));
      }
    }
    Files.writeString(folder.resolve("run/checkpoints/000001/MANIFEST"), "{\"state\" 7}");
    Files.delete(folder.resolve("run/checkpoints/000002/state"));

    assertThatThrownBy(this::open)
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("no checkpoint of the run at")
        .hasMessageContaining("000002: its file state is missing")
        .hasMessageContaining("000001: its manifest cannot be read")
        .hasMessageContaining("nothing was removed")
        .hasMessageContaining("--fresh");

    assertThat(names("run/checkpoints")).containsExactly("000001", "000002");
    assertThat(names("run/events")).containsExactly("000001.jsonl", "000002.jsonl");
    Files.writeString(folder.resolve("run/checkpoints/000002/state"), "state 2");
    try (RunDirectory run = open()) {
      assertThat(run.resumed().orElseThrow().number()).isEqualTo(2);
    }
  }

  @Test
  void anUnfinishedCheckpointIsLeftOutWhateverWasWrittenOfIt() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
    }
    Files.createDirectories(folder.resolve("run/checkpoints/000002"));
    Files.writeString(folder.resolve("run/checkpoints/000002/state.unfinished"), "sta");
    Files.createDirectories(folder.resolve("run/checkpoints/000003"));
    Files.writeString(folder.resolve("run/checkpoints/000003/MANIFEST"), "{\"state\": {\"by");

    try (RunDirectory run = open()) {
      assertThat(run.notes())
          .containsExactly(
              "left out checkpoint 000003: its manifest cannot be read",
              "left out checkpoint 000002: it has no manifest, so it was not finished",
              "going on from checkpoint 000001");
      run.checkpoint(Map.of("state", bytes("state 2")));
    }
    assertThat(names("run/checkpoints")).containsExactly("000001", "000002");
  }

  @Test
  void aFinishedRunIsKnownByItsResult() throws IOException {
    RunResult result = new RunResult(Map.of("accuracy", 98.5), Map.of("seconds", 3));
    try (RunDirectory run = open()) {
      run.model(Map.of("weights", bytes("w")));
      run.finish(result, "<html></html>");
    }

    assertThat(RunDirectory.finished(uri(), TRAIN).orElseThrow())
        .isEqualTo(result.toJson())
        .contains(result.fingerprint());
    assertThat(names("run"))
        .contains("_SUCCESS", "config.yaml", "model", "report.html", "result.json");
    assertThat(names("run/model")).containsExactly("MANIFEST", "weights");
  }

  @Test
  void aRunThatDiedBeforeItsSuccessMarkIsNotFinished() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
      run.finish(new RunResult(Map.of(), Map.of()), "");
    }
    Files.delete(folder.resolve("run/_SUCCESS"));

    assertThat(RunDirectory.finished(uri(), TRAIN)).isEmpty();
    try (RunDirectory run = open()) {
      assertThat(run.resumed()).isPresent();
    }
  }

  @Test
  void anotherConfigurationIsRefusedWithWhatDiffers() {
    open().close();

    assertThatThrownBy(
            () -> RunDirectory.finished(uri(), new RunIdentity("train", "seed: 2\nepochs: 5\n")))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("line 2 was 'seed: 1', now 'seed: 2'")
        .hasMessageContaining("--fresh");
    assertThatThrownBy(() -> open(new RunIdentity("quickstart", TRAIN.config()), false))
        .hasMessageContaining("espalier train', now");
  }

  @Test
  void freshReplacesTheRunButNotWhatElseIsThere() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
    }
    Files.writeString(folder.resolve("run/notes.txt"), "mine");

    try (RunDirectory run = open(new RunIdentity("train", "seed: 2\n"), true)) {
      assertThat(run.resumed()).isEmpty();
    }
    assertThat(folder.resolve("run/notes.txt")).hasContent("mine");
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  @Test
  void aFolderOfSomethingElseIsNeverTaken() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/thesis.txt"), "years of work");

    for (boolean fresh : new boolean[] {false, true}) {
      assertThatThrownBy(() -> open(TRAIN, fresh))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("is not empty and not a run (it holds thesis.txt)");
    }
    assertThat(names("run")).containsExactly("thesis.txt");
  }

  @Test
  void aConfigurationThatWasCutOffIsWrittenAgain() throws IOException {
    open().close();
    Files.writeString(folder.resolve("run/config.yaml"), "# The resolved config");

    try (RunDirectory run = open()) {
      assertThat(run.notes().get(0)).isEqualTo("config.yaml was cut off; wrote it again");
    }
    assertThat(folder.resolve("run/config.yaml")).content().endsWith("epochs: 5\n");
  }

  @Test
  void aRunGoesOnWhenThePersonAllowsOtherBits() throws IOException {
    RunIdentity strict = new RunIdentity("train", "seed: 1\nreproducible: true\nepochs: 5\n");
    RunIdentity lax = new RunIdentity("train", "seed: 1\nreproducible: false\nepochs: 5\n");
    RunIdentity other = new RunIdentity("train", "seed: 1\nreproducible: false\nepochs: 6\n");
    open(strict, false).close();

    try (RunDirectory run = open(lax, false)) {
      assertThat(run.notes().get(0)).contains("'reproducible: true', now 'reproducible: false'");
    }
    assertThat(RunDirectory.config(uri())).hasValue(lax.text());
    assertThatThrownBy(() -> open(other, false))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("another configuration");
  }

  @Test
  void aFullDiskLosesNothingThatWasComplete() throws IOException {
    FaultyFileSystem disk = new FaultyFileSystem("No space left on device");
    RunFiles files = new RunFiles(disk, new org.apache.hadoop.fs.Path(uri()));
    try (RunDirectory run = RunDirectory.open(files, TRAIN, false, line -> {})) {
      run.checkpoint(Map.of("state", bytes("state 1")));
      disk.failOn(path -> path.endsWith("000002/state"));

      assertThatThrownBy(() -> run.checkpoint(Map.of("state", bytes("state 2"))))
          .isInstanceOf(RunStorageException.class)
          .hasMessageContaining("cannot write checkpoint 000002")
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("checkpoint 000001 is complete; run the same command again");
      disk.failOn(path -> false);
    }

    try (RunDirectory run = open()) {
      assertThat(run.resumed().orElseThrow().number()).isEqualTo(1);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullLocalDiskIsAnErrorLikeAnyOther() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
      Path full = folder.resolve("run/report.html.unfinished");
      Files.createSymbolicLink(full, Path.of("/dev/full"));

      assertThatThrownBy(() -> run.finish(new RunResult(Map.of(), Map.of()), "report"))
          .isInstanceOf(RunStorageException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("checkpoint 000001 is complete");
      Files.delete(full); // or JUnit would warn of it
    }
  }

  @Test
  void aReaderOfThePageSeesAWholeOneWhileItIsRewritten() throws Exception {
    Path report = folder.resolve("run/report.html");
    try (RunDirectory run = open()) {
      run.page(page(0));
      AtomicBoolean writing = new AtomicBoolean(true);
      CompletableFuture<Set<Boolean>> reader =
          CompletableFuture.supplyAsync(
              () -> {
                Set<Boolean> whole = new HashSet<>();
                do {
                  whole.add(isPage(report));
                } while (writing.get());
                return whole;
              });
      for (int i = 1; i < 200; i++) {
        run.page(page(i));
      }
      writing.set(false);

      assertThat(reader.get()).containsExactly(true);
    }
  }

  @Test
  void aPageThatCannotBeWrittenLeavesTheOldOneWhole() throws IOException {
    FaultyFileSystem disk = new FaultyFileSystem("No space left on device");
    RunFiles files = new RunFiles(disk, new org.apache.hadoop.fs.Path(uri()));
    try (RunDirectory run = RunDirectory.open(files, TRAIN, false, line -> {})) {
      run.page(page(1));
      disk.failOn(path -> path.contains("report.html"));

      assertThatThrownBy(() -> run.page(page(2))).isInstanceOf(RunStorageException.class);

      disk.failOn(path -> false);
    }
    assertThat(folder.resolve("run/report.html")).hasContent(page(1));
  }

  @Test
  void candidatesAreAFileOfTheRunAndGoWithIt() throws IOException {
    try (RunDirectory run = open()) {
      run.candidates("");
      assertThat(folder.resolve("run/candidates.jsonl")).doesNotExist();
      run.candidates("{}\n");
    }
    assertThat(folder.resolve("run/candidates.jsonl")).hasContent("{}\n");

    open(TRAIN, true).close();

    assertThat(folder.resolve("run/candidates.jsonl")).doesNotExist();
  }

  private static String page(int number) {
    return "<html>%s</html>".formatted(("%d ".formatted(number)).repeat(20_000));
  }

  private static boolean isPage(Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith("<html>") && text.endsWith("</html>");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    FaultyFileSystem disk = new FaultyFileSystem("Read-only file system");
    disk.failOn(path -> true);
    RunFiles files = new RunFiles(disk, new org.apache.hadoop.fs.Path(uri()));
    Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> RunDirectory.open(files, TRAIN, false, line -> {}))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("Read-only file system")
        .hasMessageContaining("choose another --output");
    assertThatThrownBy(
            () ->
                RunDirectory.open(folder.resolve("file/run").toString(), TRAIN, false, line -> {}))
        .isInstanceOf(RunRefusedException.class);
    assertThatThrownBy(() -> RunDirectory.open("nosuch://host/run", TRAIN, false, line -> {}))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("nosuch");
  }

  @Test
  void theFingerprintLeavesOutCircumstances() {
    RunResult one = new RunResult(Map.of("a", 1, "b", List.of(2)), Map.of("host", "x"));
    RunResult same = new RunResult(Map.of("b", List.of(2), "a", 1), Map.of("host", "y"));
    RunResult other = new RunResult(Map.of("a", 1, "b", List.of(3)), Map.of("host", "x"));

    assertThat(one.fingerprint()).isEqualTo(same.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  private RunDirectory open() {
    return open(TRAIN, false);
  }

  private RunDirectory open(RunIdentity identity, boolean fresh) {
    return RunDirectory.open(uri(), identity, fresh, line -> {});
  }

  private String uri() {
    return folder.resolve("run").toString();
  }

  private List<String> names(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
