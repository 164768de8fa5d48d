package org.espalier.data.format;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** Rows of the table of {@link BadDataTest}. */
final class BadData {
  private BadData() {}

  /**
   * A row.
   *
   * @param name what is wrong
   * @param damage writes the data into a folder and gives the settings that open them
   * @param parts of the message
   */
  static Arguments row(String name, Function<Path, DatasetSettings> damage, String... parts) {
    return Arguments.of(Named.of(name, damage), List.of(parts));
  }

  /** A copy with one byte set. */
  static byte[] changed(byte[] bytes, int position, int value) {
    byte[] changed = bytes.clone();
    changed[position] = (byte) value;
    return changed;
  }

  static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }
}
