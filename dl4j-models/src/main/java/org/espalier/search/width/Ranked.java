package org.espalier.search.width;

import java.util.List;
import org.espalier.search.finals.Candidate;

/**
 * A candidate of the ranking.
 *
 * @param picks index into each choice's widths
 * @param candidate its widths and cost, within the budget
 * @param accuracy on the validation part with shared weights, a share; -1 if it is not judged, or
 *     could not be
 * @param loss likewise, in nats
 * @param tuned whether it was judged after some steps by itself
 */
record Ranked(
    List<Integer> picks, Candidate candidate, double accuracy, double loss, boolean tuned) {
  Ranked {
    picks = List.copyOf(picks);
  }

  static Ranked unjudged(List<Integer> picks, Candidate candidate) {
    return new Ranked(picks, candidate, -1, Double.MAX_VALUE, false);
  }

  Ranked judged(double newAccuracy, double newLoss, boolean afterTuning) {
    return new Ranked(picks, candidate, newAccuracy, newLoss, afterTuning);
  }

  boolean isJudged() {
    return accuracy >= 0;
  }
}
