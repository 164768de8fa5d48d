package org.espalier.cost;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.storage.SpecialFiles;
import org.espalier.text.InputException;

/**
 * What a file says of the times of layers: a {@link LatencyTable}, or lines that a person wrote.
 *
 * @param entries microseconds by signature
 * @param network microseconds of every network besides its layers
 * @param space the networks that they are meant for; empty for any
 */
record LatencyFile(Map<String, Double> entries, double network, String space) {

  /**
   * Reads a file.
   *
   * @throws InputException with file, line and what was expected
   */
  static LatencyFile read(Path file) {
    String text = text(file);
    if (text.stripLeading().startsWith("{")) {
      LatencyTable table = LatencyTable.fromJson(text, file.toString());
      return new LatencyFile(table.corrected(), table.correction().network(), table.space());
    }
    return new LatencyFile(LatencyLines.read(file, text), 0, "");
  }

  static String text(Path file) {
    if (SpecialFiles.contains(file)) {
      throw new InputException(
          "the table of latencies %s %s".formatted(file, SpecialFiles.PROBLEM));
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException notText) {
      throw new InputException(
          "the table of latencies %s is not UTF-8 text; expected what latency-table wrote, or lines of a signature, a tab and microseconds"
              .formatted(file),
          notText);
    } catch (IOException unreadable) {
      throw new InputException(
          "the table of latencies %s cannot be read: %s".formatted(file, unreadable.getMessage()),
          unreadable);
    }
  }
}
