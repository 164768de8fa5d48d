package org.espalier.task;

/**
 * How large a few-shot task is. A component that is left out takes its default.
 *
 * @param ways classes, at least 2; default 5, usually 5 or 20
 * @param shots examples of each class to learn from, at least 1; default 1, usually 1 or 5
 * @param queries examples of each class to be judged by, at least 1; default 15
 */
public record EpisodeSettings(Integer ways, Integer shots, Integer queries) {
  public EpisodeSettings {
    ways = given(ways, 5);
    shots = given(shots, 1);
    queries = given(queries, 15);
    atLeast("ways", ways, 2);
    atLeast("shots", shots, 1);
    atLeast("queries", queries, 1);
  }

  /** Examples that each class must have. */
  public long examplesPerClass() {
    return (long) shots + queries;
  }

  private static int given(Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, got %d".formatted(name, least, value));
    }
  }
}
