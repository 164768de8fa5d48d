package org.espalier.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.espalier.storage.Archive;
import org.espalier.text.InputException;

/**
 * A state to go on from.
 *
 * @param number counts up from 1
 * @param files contents by name
 */
public record Checkpoint(int number, Map<String, byte[]> files) {
  public Checkpoint {
    files = Map.copyOf(files);
  }

  /**
   * The contents of a file.
   *
   * @throws InputException if the checkpoint has no such file
   */
  public byte[] file(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new InputException(
          "checkpoint %s has no file '%s', only %s".formatted(number, name, files.keySet()));
    }
    return content;
  }

  /**
   * A file that is an archive.
   *
   * @throws InputException if there is none, or it is damaged
   */
  public Archive archive(String name) {
    try {
      return Archive.read(
          new ByteArrayInputStream(file(name)),
          String.format(Locale.ROOT, "checkpoint %06d/%s", number, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
