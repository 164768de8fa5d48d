package org.espalier.search.supernet;

import java.util.List;
import org.espalier.search.finals.Candidate;

/**
 * A candidate of the ranking.
 *
 * @param picks index into each choice's options
 * @param candidate the network, within the budget
 * @param accuracy on the validation part with shared weights, a share; -1 if it is not judged, or
 *     could not be
 * @param loss likewise, in nats
 * @param tuned whether it was judged after some steps by itself
 */
public record Ranked(
    List<Integer> picks, Candidate candidate, double accuracy, double loss, boolean tuned) {
  public Ranked {
    picks = List.copyOf(picks);
  }

  /** A candidate that is to be judged. */
  public static Ranked unjudged(List<Integer> picks, Candidate candidate) {
    return new Ranked(picks, candidate, -1, Double.MAX_VALUE, false);
  }

  /** The same, judged. */
  public Ranked judged(double newAccuracy, double newLoss, boolean afterTuning) {
    return new Ranked(picks, candidate, newAccuracy, newLoss, afterTuning);
  }

  /** Whether it was judged. */
  public boolean isJudged() {
    return accuracy >= 0;
  }
}
