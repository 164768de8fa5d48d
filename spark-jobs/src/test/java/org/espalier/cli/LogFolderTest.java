package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFolderTest {
  private static final String PROPERTY = "espalier.log";

  @TempDir Path folder;
  private final String before = System.getProperty(PROPERTY);
  private final StringWriter said = new StringWriter();

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  @Test
  void aFolderOfThisAccountIsTakenWithoutAWord() {
    assertThat(choose(folder.resolve("logs"))).isEqualTo(folder.resolve("logs")).isDirectory();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void aFolderForEverybodyIsSaidAndNotUsed() throws Exception {
    Path everybody = Files.createDirectory(folder.resolve("logs"));
    Files.setPosixFilePermissions(everybody, PosixFilePermissions.fromString("rwxrwxrwx"));

    Path taken = choose(everybody);

    assertThat(taken).isNotEqualTo(everybody).isDirectory();
    assertThat(said.toString())
        .contains(everybody + " is not yours alone, so logs go to " + taken, "ESPALIER_LOG");
  }

  @Test
  void whereNothingCanBeWrittenNothingIsWrittenElsewhere() {
    assertThat(choose(Path.of("/proc/logs"))).isEqualTo(Path.of("/dev/null/espalier"));
  }

  private Path choose(Path wanted) {
    System.setProperty(PROPERTY, wanted.toString());
    LogFolder.choose(new PrintWriter(said, true));
    return Path.of(System.getProperty(PROPERTY));
  }
}
