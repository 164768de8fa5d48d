package org.espalier.search;

import java.util.Objects;
import java.util.Optional;
import org.espalier.network.NetworkSpec;
import org.espalier.training.Score;

/**
 * One look of a search at one candidate: what it was, what it cost and how good it seemed. A
 * candidate that is looked at again, more closely, has several.
 *
 * @param phase of the search, for example {@code "trial"}; scores of different phases are not
 *     comparable
 * @param label what people call it, different for each of a phase
 * @param description what sets the candidate apart from others, for people; for example its widths
 * @param network the candidate
 * @param score on the validation part; empty if there is none
 * @param work planned for this look, in multiply-accumulates, at least 0
 * @param failure why there is no score; empty unless something went wrong
 * @param chosen whether the candidate is what was found
 */
public record Assessment(
    String phase,
    String label,
    String description,
    NetworkSpec network,
    Optional<Score> score,
    long work,
    String failure,
    boolean chosen) {
  public Assessment {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(score, "score");
    Objects.requireNonNull(failure, "failure");
    if (work < 0) {
      throw new IllegalArgumentException("work is at least 0, got " + work);
    }
  }

  /** The same by another label. */
  public Assessment labelled(String other) {
    return new Assessment(phase, other, description, network, score, work, failure, chosen);
  }

  /** The same, chosen if its candidate is a network. */
  public Assessment choosing(Optional<NetworkSpec> found) {
    return new Assessment(
        phase,
        label,
        description,
        network,
        score,
        work,
        failure,
        found.filter(network::equals).isPresent());
  }
}
