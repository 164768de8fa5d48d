package org.espalier.study;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.Positions;
import org.espalier.storage.Archive;
import org.espalier.storage.Codec;

/**
 * A training of many networks that is not finished, in a file.
 *
 * @param file beside what will come of it
 */
public record Unfinished(Path file) {
  private static final String SUFFIX = ".unfinished";

  /** Of a table that is to be written. */
  public static Unfinished of(Path table) {
    return new Unfinished(Path.of(table + SUFFIX));
  }

  /** Where it stands, if there is any. */
  <S> Optional<Position<S>> read(Codec<S> codec) {
    try {
      return Files.exists(file)
          ? Optional.of(
              Positions.read(
                  Archive.read(new ByteArrayInputStream(Files.readAllBytes(file)), file.toString()),
                  codec))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces what is there, in one move. */
  <S> void write(Position<S> position, Codec<S> codec) {
    Path written = Path.of(file + ".new");
    try {
      Files.write(written, Positions.archive(position, codec).toBytes());
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It is finished. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
