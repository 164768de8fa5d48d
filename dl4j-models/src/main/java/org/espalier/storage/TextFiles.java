package org.espalier.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.text.InputException;

/** Texts that a person names by a {@link Location}. */
public final class TextFiles {
  private TextFiles() {}

  /**
   * The text of a file.
   *
   * @param what it holds, for messages
   * @param place a URI of any Hadoop file system, or a local path
   * @param most bytes that are read, and one more, so that what reads the text can refuse it
   * @throws InputException if it cannot be read
   */
  public static String read(String what, String place, int most) {
    byte[] bytes;
    try {
      Path file = Location.path(place);
      FileSystem fileSystem = HadoopFileSystems.of(file, HadoopFileSystems.configuration());
      if (SpecialFiles.contains(fileSystem, fileSystem.makeQualified(file))) {
        throw new InputException(SpecialFiles.PROBLEM);
      }
      try (FSDataInputStream in = fileSystem.open(file)) {
        bytes = in.readNBytes(most + 1);
      }
    } catch (IOException | InputException | FSError e) {
      throw new InputException(
          "the %s '%s' cannot be read: %s".formatted(what, place, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "the %s '%s' cannot be read: this is neither a path nor a URI".formatted(what, place), e);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
