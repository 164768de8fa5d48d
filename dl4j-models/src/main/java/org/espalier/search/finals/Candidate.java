package org.espalier.search.finals;

import java.util.Objects;
import org.espalier.cost.NetworkCost;
import org.espalier.network.NetworkSpec;

/**
 * A network that a search may hand over.
 *
 * @param description what sets it apart from the other candidates, for people; for example its
 *     widths
 * @param network itself
 * @param macs multiply-accumulates of one image
 * @param parameters learned values
 */
public record Candidate(String description, NetworkSpec network, long macs, long parameters) {
  public Candidate {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(network, "network");
  }

  /** Counts what a network costs. */
  public static Candidate of(String description, NetworkSpec network) {
    NetworkCost cost = NetworkCost.of(network);
    return new Candidate(description, network, cost.macs(), cost.parameters());
  }
}
