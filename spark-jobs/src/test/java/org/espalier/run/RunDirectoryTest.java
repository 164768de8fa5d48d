package org.espalier.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "my-MM", "tr-TR"})
  void namesAreTheSameInEveryLocale(String locale) throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try (RunDirectory run = open()) {
      run.event(Map.of("step", 1));
      run.checkpoint(Map.of("state", bytes("state 1")));
    } finally {
      Locale.setDefault(before);
    }

    assertThat(names("run/checkpoints")).containsExactly("000001");
    assertThat(names("run/events")).containsExactly("000001.jsonl");
    assertThat(names("run/lease")).containsExactly("000001");
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
  void anUnfinishedCheckpointIsLeftOutAndWhatWasWrittenOfItIsGone() throws IOException {
    for (boolean local : new boolean[] {true, false}) {
      open(TRAIN, true).close();
      killedAtTheEndOf(2);
      // A local file is seen when it is whole; others are cut off under their own names.
      write("run/checkpoints/000002/state" + (local ? ".unfinished" : ""), "stat");

      try (RunDirectory run = local ? open() : open(new FaultyFileSystem(""))) {
        assertThat(run.notes())
            .contains("going on from checkpoint 000001")
            .noneMatch(note -> note.contains("kept"));
        assertThat(names("run/checkpoints")).containsExactly("000001");
        assertThat(names("run/events")).containsExactly("000001.jsonl");
        run.checkpoint(Map.of("state", bytes("state 2")));
      }
      assertThat(names("run/checkpoints/000002")).containsExactly("MANIFEST", "state");
    }
  }

  @Test
  void whatSomebodyElsePutWhereACheckpointGoesIsKept() throws IOException {
    killedAtTheEndOf(2);
    write("run/checkpoints/000002/state", "somebody's own file, and a long one");
    write("run/checkpoints/000003/MANIFEST", "{\"state\": {\"by");

    try (RunDirectory run = open()) {
      assertThat(run.notes())
          .containsExactly(
              "left out checkpoint 000003: its manifest cannot be read",
              "left out checkpoint 000002: it has no manifest, so it was not finished",
              "going on from checkpoint 000001");
      run.checkpoint(Map.of("state", bytes("state 2")));
      run.checkpoint(Map.of("state", bytes("state 3")));
    }

    assertThat(folder.resolve("run/checkpoints/000002/state.kept")).content().startsWith("some");
    assertThat(folder.resolve("run/checkpoints/000003/MANIFEST.kept")).content().startsWith("{");
    try (RunDirectory run = open()) {
      assertThat(run.resumed().orElseThrow().number()).isEqualTo(3);
    }
  }

  private void killedAtTheEndOf(int checkpoint) throws IOException {
    FaultyFileSystem disk = new FaultyFileSystem("killed");
    try (RunDirectory run = open(disk)) {
      for (int i = 1 + run.resumed().map(Checkpoint::number).orElse(0); i < checkpoint; i++) {
        run.checkpoint(Map.of("state", bytes("state " + i)));
      }
      disk.failOn(path -> path.endsWith("/MANIFEST"));
      assertThatThrownBy(() -> run.checkpoint(Map.of("state", bytes("state " + checkpoint))))
          .isInstanceOf(RunStorageException.class);
      disk.failOn(path -> false);
    }
  }

  @Test
  void aFinishedRunIsKnownByItsResult() throws IOException {
    RunResult result = new RunResult(Map.of("accuracy", 98.5), Map.of("seconds", 3));
    try (RunDirectory run = open()) {
      run.model(Map.of("weights", bytes("w")));
      run.finish(result, "<html></html>");
    }

    assertThat(FinishedRun.at(uri(), TRAIN).orElseThrow().result())
        .isEqualTo(result.toJson())
        .contains(result.fingerprint());
    assertThat(names("run"))
        .contains("_SUCCESS", "config.yaml", "model", "report.html", "result.json");
    assertThat(names("run/model")).containsExactly("MANIFEST", "weights");
  }

  @Test
  void aFinishedRunThatWasDamagedIsFinishedAgainAndWhatWasChangedIsKept() throws IOException {
    RunResult result = new RunResult(Map.of("accuracy", 98.5), Map.of());
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
      run.model(Map.of("weights", bytes("w")));
      run.finish(result, "report");
    }
    List<List<String>> damages =
        List.of(
            List.of("result.json", "something else"),
            List.of("model/weights", ""),
            List.of("model/MANIFEST", "gone"),
            List.of("report.html", "report with my remarks"),
            List.of("config.yaml", "seed: 2 instead"),
            List.of("_SUCCESS", "something else"));
    for (List<String> damage : damages) {
      Path file = folder.resolve("run").resolve(damage.get(0));
      String change = damage.get(1);
      if (change.equals("gone")) {
        Files.delete(file);
      } else {
        Files.writeString(file, change);
      }

      assertThat(FinishedRun.at(uri(), TRAIN)).as(damage.toString()).isEmpty();
      try (RunDirectory run = open()) {
        assertThat(run.notes().get(0)).contains(damage.get(0));
        assertThat(run.resumed()).isPresent();
        run.model(Map.of("weights", bytes("w")));
        run.finish(result, "report");
      }

      assertThat(FinishedRun.at(uri(), TRAIN).map(FinishedRun::result)).contains(result.toJson());
      if (change.contains(" ")) {
        assertThat(file.resolveSibling(file.getFileName() + ".kept")).hasContent(change);
      }
    }
  }

  @Test
  void aDamagedRunWithoutCheckpointsIsRefusedRatherThanBegunAgain() throws IOException {
    try (RunDirectory run = open()) {
      run.model(Map.of("weights", bytes("w")));
      run.finish(new RunResult(Map.of(), Map.of()), "report");
    }
    write("run/model/weights", "x");

    assertThatThrownBy(this::open)
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("was complete, but model/weights is not as it was written")
        .hasMessageContaining("no checkpoint is left");
    assertThat(folder.resolve("run/_SUCCESS")).exists();
  }

  @Test
  void damagedEventsAreLeftOut() throws IOException {
    try (RunDirectory run = open()) {
      for (int i = 1; i <= 3; i++) {
        run.event(Map.of("step", i));
        run.checkpoint(Map.of("state", bytes("state " + i)));
      }
    }
    write("run/events/000001.jsonl", "{\"step\":");
    write("run/events/000002.jsonl", "{\"step\":7}\n");

    try (RunDirectory run = open()) {
      assertThat(run.events()).extracting(event -> event.get("step").asInt()).containsExactly(3);
      assertThat(run.notes().get(0))
          .isEqualTo(
              "left out events/000001.jsonl, which is damaged: the times in the report lack what"
                  + " it held");
      assertThat(run.notes().get(1)).contains("events/000002.jsonl");
    }
    assertThat(folder.resolve("run/events/000001.jsonl")).hasContent("{\"step\":");
  }

  @Test
  void packedDataAreWrittenOnceAndOnlyTheyAreRemovedAtTheEnd() throws IOException {
    FileContent content = out -> out.write(bytes("pixels"));
    try (RunDirectory run = open()) {
      write("run/data/data-1", "pix");
      write("run/data/photo.png", "mine");
      run.data("data-1", content);
      assertThat(run.notes())
          .containsExactly("data/data-1 is not as this run wrote it; kept it as data/data-1.kept");
    }
    Object before = Files.readAttributes(folder.resolve("run/data/data-1"), "lastModifiedTime");
    try (RunDirectory run = open()) {
      run.data("data-1", content);
      assertThat(Files.readAttributes(folder.resolve("run/data/data-1"), "lastModifiedTime"))
          .isEqualTo(before);
      run.finish(new RunResult(Map.of(), Map.of()), "report");
    }

    assertThat(names("run/data")).containsExactly("data-1.kept", "photo.png");
  }

  @Test
  void packedDataThatDoNotFitAreNamed() throws IOException {
    try (RunDirectory run = open()) {
      assertThatThrownBy(
              () ->
                  run.data(
                      "data-1",
                      out -> {
                        if (out instanceof org.apache.hadoop.fs.FSDataOutputStream) {
                          throw new IOException("No space left on device");
                        }
                      }))
          .isInstanceOf(RunStorageException.class)
          .hasMessageContaining("cannot write the packed data data/data-1 in file:" + uri())
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("free some space");
    }
  }

  @Test
  void aRunThatDiedBeforeItsSuccessMarkIsNotFinished() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
      run.finish(new RunResult(Map.of(), Map.of()), "");
    }
    Files.delete(folder.resolve("run/_SUCCESS"));

    assertThat(FinishedRun.at(uri(), TRAIN)).isEmpty();
    try (RunDirectory run = open()) {
      assertThat(run.resumed()).isPresent();
    }
  }

  @Test
  void anotherConfigurationIsRefusedWithWhatDiffers() {
    open().close();

    assertThatThrownBy(
            () -> FinishedRun.at(uri(), new RunIdentity("train", "seed: 2\nepochs: 5\n")))
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
      run.artefact("policy", Map.of("p", bytes("p")));
      run.model(Map.of("weights", bytes("w")));
      run.finish(new RunResult(Map.of(), Map.of()), "report");
    }
    List<String> foreign =
        List.of(
            "notes.txt",
            "data.zip",
            "model.best/weights",
            "model/mine.bin",
            "events/diary.txt",
            "checkpoints/000001/mine",
            "report.html.reviewed");
    for (String name : foreign) {
      write("run/" + name, "mine");
    }

    try (RunDirectory run = open(new RunIdentity("train", "seed: 2\n"), true)) {
      assertThat(run.resumed()).isEmpty();
    }

    for (String name : foreign) {
      assertThat(folder.resolve("run").resolve(name)).hasContent("mine");
    }
    assertThat(names("run"))
        .containsExactly(
            "checkpoints",
            "config.yaml",
            "data.zip",
            "events",
            "lease",
            "model",
            "model.best",
            "notes.txt",
            "report.html.reviewed",
            "written");
    assertThat(names("run/model")).containsExactly("mine.bin");
    assertThat(names("run/checkpoints/000001")).containsExactly("mine");
  }

  @Test
  void freshKeepsWhatWasChangedAndTakesNothingOldForThePartsOfTheNewRun() throws IOException {
    try (RunDirectory run = open()) {
      for (int i = 1; i <= 2; i++) {
        run.checkpoint(Map.of("state", bytes("state " + i)));
      }
      run.finish(new RunResult(Map.of(), Map.of()), "report");
    }
    write("run/report.html", "report with my remarks");
    write("run/checkpoints/000002/MANIFEST", "{\"state\" 7}");

    try (RunDirectory run = open(new RunIdentity("train", "seed: 2\n"), true)) {
      assertThat(run.resumed()).isEmpty();
      assertThat(run.notes())
          .startsWith(
              "removed the run that was there, as --fresh asks",
              "report.html is not as this run wrote it; kept it as report.html.kept",
              "checkpoints/000002/MANIFEST is not as this run wrote it; kept it as"
                  + " checkpoints/000002/MANIFEST.kept");
    }
    assertThat(folder.resolve("run/report.html.kept")).hasContent("report with my remarks");
  }

  @Test
  void freshRemovesARunThatLostItsConfigurationToo() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
    }
    Files.delete(folder.resolve("run/config.yaml"));

    try (RunDirectory run = open(new RunIdentity("train", "seed: 2\n"), true)) {
      assertThat(run.resumed()).isEmpty();
      assertThat(run.notes()).containsExactly("removed the run that was there, as --fresh asks");
    }
  }

  @Test
  void ifItIsLostWhatWasWrittenNothingIsRemoved() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
      run.model(Map.of("weights", bytes("w")));
      run.finish(new RunResult(Map.of(), Map.of()), "report");
    }
    for (String name : names("run/written")) {
      if (name.endsWith(".json")) {
        write("run/written/" + name, "{\"whole\": {\"config.y");
      }
    }

    try (RunDirectory run = open(new RunIdentity("train", "seed: 2\n"), true)) {
      assertThat(run.resumed()).isEmpty();
      assertThat(run.notes()).anyMatch(note -> note.startsWith("left out written/00000"));
    }

    assertThat(folder.resolve("run/report.html.kept")).hasContent("report");
    assertThat(folder.resolve("run/model/weights")).hasContent("w");
    assertThat(folder.resolve("run/model/MANIFEST")).doesNotExist();
    assertThat(folder.resolve("run/checkpoints/000001/state")).hasContent("state 1");
  }

  @Test
  void aFolderOfSomethingElseIsNeverTaken() throws IOException {
    write("run/thesis.txt", "years of work");

    for (boolean fresh : new boolean[] {false, true}) {
      assertThatThrownBy(() -> open(TRAIN, fresh))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("is not empty and not a run (it holds thesis.txt)");
    }
    assertThat(names("run")).containsExactly("thesis.txt");
  }

  @Test
  void aFolderWithoutTheMarkerIsNoRunWhateverItsFilesAreCalled() throws IOException {
    List<String> foreign = List.of("data/cat/1.png", "model/mine.bin", "events/diary.txt");
    for (String config : List.of("", TRAIN.text())) {
      write("run/config.yaml", config);
      for (String name : foreign) {
        write("run/" + name, "precious");
      }

      for (boolean fresh : new boolean[] {false, true}) {
        assertThatThrownBy(() -> open(TRAIN, fresh))
            .isInstanceOf(RunRefusedException.class)
            .hasMessageContaining(
                config.isEmpty()
                    ? "is not empty and not a run (it holds config.yaml)"
                    : "has a config.yaml of a run, but no written/ESPALIER");
      }

      assertThat(names("run")).containsExactly("config.yaml", "data", "events", "model");
      for (String name : foreign) {
        assertThat(folder.resolve("run").resolve(name)).hasContent("precious");
      }
    }
  }

  @Test
  void aMarkerThatWasCutOffIsWrittenAgainIfThereIsNothingElse() throws IOException {
    write("run/written/ESPALIER", "This folder is a run of Esp");

    open().close();

    assertThat(folder.resolve("run/written/ESPALIER")).content().contains("layout 1");
    Files.writeString(folder.resolve("run/written/ESPALIER"), "This folder is a run of Esp");
    assertThatThrownBy(this::open).hasMessageContaining("but no written/ESPALIER");
  }

  @Test
  void aConfigurationThatWasCutOffIsWrittenAgain() throws IOException {
    open().close();
    Files.writeString(folder.resolve("run/config.yaml"), "# The resolved config");

    try (RunDirectory run = open()) {
      assertThat(run.notes().get(0)).isEqualTo("config.yaml was cut off; wrote it again");
    }
    assertThat(folder.resolve("run/config.yaml")).content().endsWith("epochs: 5\n");
    assertThat(folder.resolve("run/config.yaml.kept")).doesNotExist();
  }

  @Test
  void aConfigurationThatIsGoneOrChangedIsWrittenAgainForTheRunThatBeganWithIt()
      throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
    }
    Path config = folder.resolve("run/config.yaml");
    String written = Files.readString(config);
    Files.delete(config);

    try (RunDirectory run = open()) {
      assertThat(run.notes()).contains("config.yaml was missing; wrote it again");
      assertThat(run.resumed()).isPresent();
    }
    assertThat(config).hasContent(written);
    Files.writeString(config, written + "# mine");

    try (RunDirectory run = open()) {
      assertThat(run.notes().get(0)).contains("config.yaml", "kept it as config.yaml.kept");
    }
    assertThat(config).hasContent(written);
    assertThat(folder.resolve("run/config.yaml.kept")).hasContent(written + "# mine");
  }

  @Test
  void anotherConfigurationIsRefusedEvenIfTheFileWasChangedToBeIt() throws IOException {
    RunIdentity other = new RunIdentity("train", "seed: 2\nepochs: 5\n");
    try (RunDirectory run = open()) {
      run.checkpoint(Map.of("state", bytes("state 1")));
    }
    Path config = folder.resolve("run/config.yaml");
    Files.writeString(config, other.text());

    assertThatThrownBy(() -> open(other, false))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("has a config.yaml that was changed since the run began");

    Files.delete(config);
    assertThatThrownBy(() -> open(other, false))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("has no config.yaml any more")
        .hasMessageContaining("restore config.yaml");
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
    assertThat(StoredRun.config(uri())).hasValue(lax.text());
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
  void aFullLocalDiskIsAnErrorLikeAnyOtherAndWhatWasHalfWrittenIsGone() throws IOException {
    RunFiles files = RunFiles.at(folder.resolve("files").toString());
    files.makeRoot();
    Files.createSymbolicLink(folder.resolve("files/large.unfinished"), Path.of("/dev/full"));

    assertThatThrownBy(() -> files.write("large", bytes("more than fits")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");

    assertThat(names("files")).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aCheckpointThatTheDiskCannotReadIsLeftOutForTheOneBefore() throws IOException {
    try (RunDirectory run = open()) {
      for (int i = 1; i <= 3; i++) {
        run.checkpoint(Map.of("state", bytes("state " + i)));
      }
    }
    // Where a process has no memory, its reading is answered as by a broken disk.
    for (String unreadable : List.of("000003/state", "000002/MANIFEST")) {
      Path file = folder.resolve("run/checkpoints").resolve(unreadable);
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of("/proc/self/mem"));
    }

    try (RunDirectory run = open()) {
      assertThat(run.resumed().orElseThrow().number()).isEqualTo(1);
      assertThat(run.notes())
          .containsExactly(
              "left out checkpoint 000003: its file state cannot be read: Input/output error",
              "left out checkpoint 000002: its manifest cannot be read: Input/output error",
              "going on from checkpoint 000001");
    }
    Files.delete(folder.resolve("run/checkpoints/000003/state")); // or JUnit would warn of it
    Files.delete(folder.resolve("run/checkpoints/000002/MANIFEST"));
  }

  @Test
  void aReaderOfThePageSeesAWholeOneWhileItIsRewritten() throws Exception {
    Path report = folder.resolve("run/report.html");
    try (RunDirectory run = open()) {
      assertThat(RewrittenPage.seenWhole(run, 200, () -> Files.readString(report)))
          .containsExactly(true);
    }
  }

  @Test
  void aPageThatCannotBeWrittenLeavesTheOldOneWhole() throws IOException {
    FaultyFileSystem disk = new FaultyFileSystem("No space left on device");
    RunFiles files = new RunFiles(disk, new org.apache.hadoop.fs.Path(uri()));
    try (RunDirectory run = RunDirectory.open(files, TRAIN, false, line -> {})) {
      run.page(RewrittenPage.page(1));
      disk.failOn(path -> path.contains("report.html"));

      assertThatThrownBy(() -> run.page(RewrittenPage.page(2)))
          .isInstanceOf(RunStorageException.class);

      disk.failOn(path -> false);
    }
    assertThat(folder.resolve("run/report.html")).hasContent(RewrittenPage.page(1));
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

  private RunDirectory open(FaultyFileSystem disk) {
    RunFiles files = new RunFiles(disk, new org.apache.hadoop.fs.Path(uri()));
    return RunDirectory.open(files, TRAIN, false, note -> {});
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

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
