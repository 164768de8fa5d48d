package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlaceTest {
  @TempDir Path folder;

  @Test
  void aFolderThatIsThereOrCanBeMadeIsNoMatter() {
    for (String output : new String[] {"", "new", "new/below/it"}) {
      assertThatCode(() -> OutputPlace.check(folder.resolve(output).toString()))
          .doesNotThrowAnyException();
    }
    assertThatCode(() -> OutputPlace.check(folder.toUri() + "new")).doesNotThrowAnyException();
  }

  @Test
  void aFileIsNoFolderAndHasNoneIn() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "mine");

    refuses(file, "is not a folder");
    refuses(file.resolve("run"), "cannot be made: " + file + " is not a folder");
  }

  @Test
  void aNameThatNoFileSystemTakesIsRefused() {
    refuses(folder.resolve("x".repeat(300)).resolve("run"), "cannot be made: ");
  }

  @Test
  void aFolderThatMayNotBeWrittenGetsNoFolders() throws IOException {
    Path shut = Files.createDirectory(folder.resolve("shut"));
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(shut)).as("whoever runs this may write everywhere").isFalse();

    refuses(shut.resolve("run"), "nothing may be written in " + shut);
  }

  private static void refuses(Path output, String reason) {
    assertThatThrownBy(() -> OutputPlace.check(output.toString()))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageStartingWith("--output '" + output + "' ")
        .hasMessageContaining(reason);
  }
}
