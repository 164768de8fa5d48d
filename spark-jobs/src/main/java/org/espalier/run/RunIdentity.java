package org.espalier.run;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a run is: the same identity in the same folder means going on, another one is refused.
 *
 * @param command that makes the run, for example {@code "train"}
 * @param config the resolved configuration as YAML, with the seed
 */
public record RunIdentity(String command, String config) {
  private static final String HEADER = "# The resolved configuration of: espalier ";

  private static final Pattern REPRODUCIBLE = Pattern.compile("(?m)^reproducible:.*$");

  /** The text of {@code config.yaml}. */
  String text() {
    return HEADER + command + "\n" + config;
  }

  /**
   * Whether a stored text, perhaps cut off, is of the same run. Whether bits may differ is up to
   * the person at any time: a run need not be lost because a machine was updated.
   */
  boolean matches(String stored) {
    return unpinned(text()).startsWith(unpinned(stored));
  }

  /** The same of a text of which only the mark is known. */
  boolean matches(FileMark written) {
    return Stream.of("reproducible: true", "reproducible: false", "$0")
        .map(line -> REPRODUCIBLE.matcher(text()).replaceAll(line))
        .anyMatch(text -> FileMark.of(Manifest.utf8(text)).equals(written));
  }

  private static String unpinned(String text) {
    return REPRODUCIBLE.matcher(text).replaceAll("reproducible:");
  }

  /** Whether a text is a run's {@code config.yaml}, by its first line. */
  static boolean isRun(String text) {
    return text.startsWith(HEADER);
  }

  /** The first lines in which a stored text differs from this one's, for messages. */
  String difference(String stored) {
    List<String> before = Arrays.asList(stored.split("\n", -1));
    List<String> now = Arrays.asList(text().split("\n", -1));
    int first =
        IntStream.range(0, Math.min(before.size(), now.size()))
            .filter(line -> !before.get(line).equals(now.get(line)))
            .findFirst()
            .orElse(Math.min(before.size(), now.size()));
    return "line %s was '%s', now '%s'".formatted(first + 1, line(before, first), line(now, first));
  }

  private static String line(List<String> lines, int index) {
    String line = index < lines.size() ? lines.get(index) : "";
    return (line.startsWith(HEADER) ? line.substring(2) : line).strip();
  }
}
