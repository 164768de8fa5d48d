package org.espalier.task;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How large a few-shot task is. A component that is left out takes its default.
 *
 * @param ways classes, at least 2; default 5, usually 5 or 20
 * @param shots examples of each class to learn from, at least 1; default 1, usually 1 or 5
 * @param queries examples of each class to be judged by, at least 1; default 15
 */
public record EpisodeSettings(
    @Range(min = 2, max = Range.MANY) Integer ways,
    @Range(min = 1, max = Range.MANY) Integer shots,
    @Range(min = 1, max = Range.MANY) Integer queries) {
  public EpisodeSettings {
    ways = Checks.given(ways, 5);
    shots = Checks.given(shots, 1);
    queries = Checks.given(queries, 15);
    Checks.ranges(EpisodeSettings.class, ways, shots, queries);
  }

  /** Examples that each class must have. */
  public long examplesPerClass() {
    return (long) shots + queries;
  }
}
