package org.espalier.spark;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.text.InputException;

/**
 * What one executor may use of its machine.
 *
 * @param cores items performed at once, at least 1; usually 1
 * @param memory bytes of the whole process, heap and native memory, at least 1 GB; usually 2 GB and
 *     1 GB a core
 * @param gpu whether each executor has a GPU for itself; then {@code cores} is 1
 */
public record ExecutorSize(int cores, long memory, boolean gpu) {
  private static final long GIGABYTE = 1L << 30;
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})([mg])b?");

  /** One core and 3 GB. */
  public static final ExecutorSize STANDARD = standard(1, false);

  public ExecutorSize {
    if (cores < 1) {
      throw new InputException("an executor has at least 1 core, got " + cores);
    }
    if (memory < GIGABYTE) {
      throw new InputException(
          "an executor needs at least 1g of memory, got %s MB".formatted(memory >> 20));
    }
    if (gpu && cores > 1) {
      throw new InputException(
          "an executor with a GPU performs one item at a time: it has 1 core, got " + cores);
    }
  }

  /** The usual memory for a number of cores. */
  public static ExecutorSize standard(int cores, boolean gpu) {
    return new ExecutorSize(cores, (2L + cores) * GIGABYTE, gpu);
  }

  /**
   * Reads an amount of memory.
   *
   * @param text as Spark writes it: {@code 3g}, {@code 2500m}
   * @return bytes
   */
  public static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new InputException(
          "an amount of memory is a whole number and m or g, such as 3g, got '" + text + "'");
    }
    return Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("m") ? 20 : 30);
  }
}
