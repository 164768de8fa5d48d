package org.espalier.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.text.InputException;

/** A table in a file, written again whenever there is a row more. It replaces no other file. */
final class CsvFile {
  private final String option;
  private final Optional<Path> file;
  private final String header;

  /**
   * Looks whether the file can be written, before the work; what it holds stays.
   *
   * @param option that names the file
   * @param file to write, null for none
   * @param header the first line, by which a table is known
   * @throws InputException if the file cannot be written, or holds something else
   */
  CsvFile(String option, Path file, String header) {
    this.option = option;
    this.file = Optional.ofNullable(file);
    this.header = header;
    this.file.ifPresent(this::check);
  }

  /** Writes the header and all rows. */
  void write(List<String> rows) {
    file.ifPresent(
        path -> {
          try {
            String lines =
                String.join("\n", Stream.concat(Stream.of(header), rows.stream()).toList());
            Files.writeString(path, lines + "\n", StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw failed(path, e);
          }
        });
  }

  private void check(Path path) {
    byte[] expected = header.getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(path, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      try (var in = Files.newInputStream(path)) {
        byte[] beginning = in.readNBytes(expected.length);
        if (beginning.length > 0 && !Arrays.equals(beginning, expected)) {
          throw new InputException(
              "%s %s is a file that does not begin with '%s', and would be lost; choose another"
                  .formatted(option, path, header));
        }
      }
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private InputException failed(Path path, IOException e) {
    return new InputException("cannot write %s %s: %s".formatted(option, path, e.getMessage()), e);
  }
}
