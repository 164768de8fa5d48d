package org.espalier.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
  @TempDir Path folder;

  @Test
  void aModelIsReadFromARunFromAnExportAndFromACopy() throws IOException {
    Map<String, byte[]> files = Map.of("network.json", "net".getBytes(UTF_8));
    String run = folder.resolve("run").toString();
    try (RunDirectory directory =
        RunDirectory.open(run, new RunIdentity("train", "seed: 1\n"), false, unused -> {})) {
      directory.model(files);
    }
    ExportFolder.at(folder.resolve("exported").toString()).write(files);
    Files.createDirectories(folder.resolve("copy"));
    for (String name : List.of("network.json", "MANIFEST")) {
      Files.copy(folder.resolve("run/model").resolve(name), folder.resolve("copy").resolve(name));
    }

    for (String name : List.of("run/model", "exported", "copy")) {
      assertThat(ModelFolder.read(folder.resolve(name).toString()))
          .containsOnlyKeys("network.json");
    }
    refused("run", "/run is a run; its model is %s/run/model".formatted(folder));
  }

  @Test
  void aFolderThatIsNotAsItWasWrittenIsRefused() throws IOException {
    Path model = folder.resolve("model");
    ExportFolder.at(model.toString())
        .write(Map.of("network.json", "net".getBytes(UTF_8), "other", "o".getBytes(UTF_8)));

    Files.writeString(model.resolve("network.json"), "not");
    refused("model", "the model in %s cannot be used: its file network.json is".formatted(model));
    Files.delete(model.resolve("network.json"));
    refused("model", "its file network.json is missing");
    Files.delete(model.resolve("MANIFEST"));
    refused("model", "is no model, or not a whole one: it has no MANIFEST");
    refused("none", "there is no folder");
  }

  private void refused(String name, String message) {
    assertThatThrownBy(() -> ModelFolder.read(folder.resolve(name).toString()))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining(message);
  }
}
