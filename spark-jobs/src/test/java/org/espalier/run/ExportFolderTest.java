package org.espalier.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {
  @TempDir Path folder;

  @Test
  void filesOfAnEarlierExportAreReplacedAndNothingElse() throws IOException {
    export("out", "one");
    Files.writeString(folder.resolve("out/notes.txt"), "mine");

    export("out", "two");

    assertThat(folder.resolve("out/model.onnx")).hasContent("two");
    assertThat(folder.resolve("out/notes.txt")).hasContent("mine");
    Files.writeString(folder.resolve("out/model.onnx"), "tuned by hand");
    assertThatThrownBy(() -> export("out", "three"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("has a file model.onnx that no export wrote, or that was changed");
    assertThat(folder.resolve("out/model.onnx")).hasContent("tuned by hand");
    assertThat(folder.resolve("out/network.json")).hasContent("two");
  }

  @Test
  void filesOfSomebodyElseAreNeverReplaced() throws IOException {
    for (String name : new String[] {"model.onnx", "MANIFEST"}) {
      Path mine = Files.createDirectories(folder.resolve("for-" + name)).resolve(name);
      Files.writeString(mine, "mine");

      assertThatThrownBy(() -> export("for-" + name, "one"))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("has a file " + name);

      assertThat(mine).hasContent("mine");
      assertThat(mine.getParent().toFile().list()).containsExactly(name);
    }
  }

  @Test
  void theFilesOfARunAreNoPlaceForAnExport() throws IOException {
    RunDirectory.open(
            folder.resolve("run").toString(),
            new RunIdentity("train", "seed: 1\n"),
            false,
            line -> {})
        .close();
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("run"));
    for (String output :
        new String[] {"run", "run/model", "link/model", "run/checkpoints/000001", "run/written"}) {
      assertThatThrownBy(() -> ExportFolder.at(folder.resolve(output).toString()))
          .as(output)
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("is where the run at")
          .hasMessageContaining("run/exported");
    }

    export("run/exported", "one");

    assertThat(folder.resolve("run/exported/model.onnx")).hasContent("one");
  }

  @Test
  void aRunOfAnOlderVersionIsNoPlaceForAnExportEither() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run/model")).getParent();
    Files.writeString(run.resolve("config.yaml"), new RunIdentity("train", "seed: 1\n").text());

    assertThatThrownBy(() -> ExportFolder.at(run.resolve("model").toString()))
        .isInstanceOf(RunRefusedException.class);
  }

  private void export(String to, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    ExportFolder.at(folder.resolve(to).toString())
        .write(Map.of("model.onnx", bytes, "network.json", bytes));
  }
}
