package org.espalier.task;

import org.espalier.settings.Checks;

/**
 * How large a few-shot task is. A component that is left out takes its default.
 *
 * @param ways classes, at least 2; default 5, usually 5 or 20
 * @param shots examples of each class to learn from, at least 1; default 1, usually 1 or 5
 * @param queries examples of each class to be judged by, at least 1; default 15
 */
public record EpisodeSettings(Integer ways, Integer shots, Integer queries) {
  public EpisodeSettings {
    ways = Checks.given(ways, 5);
    shots = Checks.given(shots, 1);
    queries = Checks.given(queries, 15);
    Checks.atLeast("ways", 2, ways);
    Checks.atLeast("shots", 1, shots);
    Checks.atLeast("queries", 1, queries);
  }

  /** Examples that each class must have. */
  public long examplesPerClass() {
    return (long) shots + queries;
  }
}
