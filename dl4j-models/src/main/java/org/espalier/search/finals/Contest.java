package org.espalier.search.finals;

/**
 * How candidates are compared before the final trainings: each is trained from scratch, shortly,
 * and the best on the validation part is found.
 *
 * @param candidates how many take part, the first of those that the method has; with fewer than 1
 *     there is no contest, and the first candidate is found
 * @param perRound trainings in one round, after each of which a checkpoint can be written
 * @param keepsWeights whether these networks are handed over themselves, which studies want
 */
public record Contest(int candidates, int perRound, boolean keepsWeights) {
  /** Trainings in one round unless a method has reasons for another number. */
  public static final int PER_ROUND = 16;

  public Contest {
    if (perRound < 1) {
      throw new IllegalArgumentException("perRound must be at least 1, got " + perRound);
    }
  }

  /** A contest among the first candidates. */
  public static Contest of(int candidates) {
    return new Contest(candidates, PER_ROUND, false);
  }
}
