package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisjointFoldersTest {
  @TempDir Path folder;
  private String set;

  @BeforeEach
  void makeData() throws IOException {
    set = Files.createDirectories(folder.resolve("set/cat")).getParent().toString();
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("set"));
  }

  @Test
  void aRunInItsDataIsRefusedHoweverTheFolderIsNamed() {
    for (String output :
        new String[] {
          set,
          set + "/run",
          set + "/cat/not/there/yet",
          "file://" + set + "/run",
          folder + "/other/../set/run",
          folder + "/link/run"
        }) {
      assertThatThrownBy(() -> DisjointFolders.check(output, "data.path", set))
          .as(output)
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("--output '" + output + "' is inside of the data, data.path '");
    }
    assertThatThrownBy(() -> DisjointFolders.check(set + "/run", "data.path", folder + "/link"))
        .isInstanceOf(RunRefusedException.class);
  }

  @Test
  void dataInTheFolderOfTheRunAreRefused() {
    assertThatThrownBy(() -> DisjointFolders.check(folder.toString(), "dataSets.a.path", set))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("dataSets.a.path '" + set + "' is inside of --output '");
    assertThatCode(() -> DisjointFolders.refuseInside(folder.toString(), "data.path", set))
        .doesNotThrowAnyException();
  }

  @Test
  void foldersBesideEachOtherAreNot() {
    assertThatCode(() -> DisjointFolders.check(folder + "/set-run", "data.path", set))
        .doesNotThrowAnyException();
    assertThatCode(() -> DisjointFolders.check(folder + "/run", "data.path", ""))
        .doesNotThrowAnyException();
  }
}
