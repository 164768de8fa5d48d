package org.espalier.cost;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.text.InputException;

/**
 * Times of layers as lines that a person can write. A line is a {@linkplain LayerSignature
 * signature}, a tab and microseconds; empty lines and lines that begin with {@code #} are left out:
 *
 * <pre>
 * # Raspberry Pi 4, one thread
 * convolution3x3s1 8x8x16 8x8x32	123.4
 * add 8x8x32 8x8x32	3
 * linear 64 10	2.5
 * </pre>
 */
final class LatencyLines {
  private static final String TAB = "\t";

  private LatencyLines() {}

  /**
   * The entries of a file.
   *
   * @param file for messages
   * @param text what it holds
   * @return microseconds by signature
   * @throws InputException with file, line and what was expected
   */
  static Map<String, Double> read(Path file, String text) {
    List<String> lines = text.lines().toList();
    Map<String, Double> entries = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        String where = "%s, line %s".formatted(file, i + 1);
        String[] fields = line.split(TAB, -1);
        if (fields.length != 2) {
          throw new InputException(
              "%s: expected a signature, a tab and microseconds, got '%s'".formatted(where, line));
        }
        String signature = fields[0].strip();
        if (entries.put(signature, microseconds(where, fields[1].strip())) != null) {
          throw new InputException("%s: '%s' has an entry already".formatted(where, signature));
        }
      }
    }
    if (entries.isEmpty()) {
      throw new InputException("%s: there is no entry in it".formatted(file));
    }
    return entries;
  }

  private static double microseconds(String where, String text) {
    try {
      double time = Double.parseDouble(text);
      if (time >= 0 && time < Double.POSITIVE_INFINITY) {
        return time;
      }
    } catch (NumberFormatException notANumber) {
      throw new InputException(
          "%s: microseconds must be a number, got '%s'".formatted(where, text), notANumber);
    }
    throw new InputException(
        "%s: microseconds must be at least 0 and finite, got '%s'".formatted(where, text));
  }
}
