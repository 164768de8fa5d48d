package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  @TempDir Path folder;

  @Test
  void anEarlierTableStaysUntilThereIsARow() throws IOException {
    Path file = folder.resolve("table.csv");
    new CsvFile("--csv", file, "a,b").write(List.of("1,2"));

    CsvFile again = new CsvFile("--csv", file, "a,b");

    assertThat(file).hasContent("a,b\n1,2\n");
    again.write(List.of("3,4"));
    assertThat(file).hasContent("a,b\n3,4\n");
  }

  @Test
  void aFileOfSomebodyElseIsNotReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> new CsvFile("--csv", file, "a,b"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--csv " + file + " is a file that does not begin with 'a,b'");
    assertThat(file).hasContent("years of work");
    assertThatThrownBy(() -> new CsvFile("--csv", folder, "a,b"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot write --csv " + folder);
  }
}
