package org.espalier.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.espalier.storage.Location;
import org.espalier.text.InputException;

/**
 * Where records for programs go: the program's output, or a file of their own, which replaces no
 * other and goes again if the command fails.
 */
final class RecordOutput implements AutoCloseable {
  private final Screen out;
  private final Optional<Path> file;
  private final Optional<Writer> writer;
  private boolean finished;

  private RecordOutput(Screen out, Optional<Path> file, Optional<Writer> writer) {
    this.out = out;
    this.file = file;
    this.writer = writer;
  }

  /** The program's output. */
  static RecordOutput on(Screen out) {
    return new RecordOutput(out, Optional.empty(), Optional.empty());
  }

  /**
   * A new file.
   *
   * @param option that names the file, for messages
   * @throws InputException if it cannot be made, or is there already
   */
  static RecordOutput in(String option, String file, Screen out) {
    if (file.isBlank() || Location.isUri(file)) {
      throw new InputException(
          "%s takes the name of a local file, got '%s'".formatted(option, file));
    }
    Path path = Path.of(file);
    try {
      Writer writer =
          Files.newBufferedWriter(
              path,
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE);
      return new RecordOutput(out, Optional.of(path), Optional.of(writer));
    } catch (FileAlreadyExistsException e) {
      throw new InputException(
          "%s %s is there already; remove it, or choose another".formatted(option, file), e);
    } catch (NoSuchFileException e) {
      throw new InputException(
          "cannot write %s %s: there is no such folder".formatted(option, file), e);
    } catch (AccessDeniedException e) {
      throw new InputException(
          "cannot write %s %s: this user has no permission to".formatted(option, file), e);
    } catch (IOException e) {
      throw new InputException("cannot write %s %s: %s".formatted(option, file, e.getMessage()), e);
    }
  }

  /**
   * Writes whole records.
   *
   * @throws OutputFailedException if they cannot be written
   */
  void write(String records) {
    if (writer.isEmpty()) {
      out.print(records);
      if (out.checkError()) {
        throw new OutputFailedException(
            "standard output takes no more: nobody reads it, or its disk is full");
      }
      return;
    }
    try {
      writer.get().write(records);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Says that these were all records. */
  void finish() {
    try {
      if (writer.isPresent()) {
        writer.get().close();
      }
      finished = true;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private OutputFailedException failed(IOException e) {
    return new OutputFailedException(
        "cannot write %s: %s; free some space, or choose another file"
            .formatted(file.orElseThrow(), e.getMessage()),
        e);
  }

  /** Removes a file that was not finished. */
  @Override
  public void close() {
    if (finished || file.isEmpty()) {
      return;
    }
    try {
      try {
        writer.orElseThrow().close();
      } finally {
        Files.delete(file.get());
      }
    } catch (IOException e) {
      throw new OutputFailedException(
          "cannot remove %s, which is not whole: %s".formatted(file.get(), e.getMessage()), e);
    }
  }
}
