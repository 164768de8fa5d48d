package org.espalier.task;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How large a few-shot task is. A component that is left out takes its default.
 *
 * @param ways classes, at least 2; default 5, usually 5 or 20
 * @param shots examples of each class to learn from, at least 1; default 1, usually 1 or 5
 * @param queries examples of each class to be judged by, at least 1; default 15
 * @param learningQueries the same in tasks that are learned from; default 5, or {@code queries} if
 *     those are fewer
 * @param quarterTurns whether in tasks that are learned from each class is turned by 0, 90, 180 or
 *     270 degrees, all its images alike, which makes it a class never seen (Santoro et al.,
 *     "Meta-learning with memory-augmented neural networks", ICML 2016, section 4); needs square
 *     images of things that have no upright; default false
 */
public record EpisodeSettings(
    @Range(min = 2, max = Range.MANY) Integer ways,
    @Range(min = 1, max = Range.MANY) Integer shots,
    @Range(min = 1, max = Range.MANY) Integer queries,
    @Range(min = 1, max = Range.MANY) Integer learningQueries,
    Boolean quarterTurns) {
  public EpisodeSettings {
    ways = Checks.given(ways, 5);
    shots = Checks.given(shots, 1);
    queries = Checks.given(queries, 15);
    learningQueries = Checks.given(learningQueries, Math.min(5, queries));
    quarterTurns = Checks.given(quarterTurns, false);
    Checks.ranges(EpisodeSettings.class, ways, shots, queries, learningQueries, quarterTurns);
  }

  /** Examples of each class to be judged by in the tasks of a part. */
  int queries(MetaPart part) {
    return part == MetaPart.TRAIN ? learningQueries : queries;
  }
}
