package org.espalier.search.space;

import java.util.List;
import org.espalier.cost.NetworkCost;

/**
 * A network of the space.
 *
 * @param widths in the family's order
 * @param macs of one image
 * @param parameters learned values
 */
public record Candidate(List<Integer> widths, long macs, long parameters) {
  public Candidate {
    widths = List.copyOf(widths);
  }

  /** The network with these widths. */
  public static Candidate of(WidthSpace space, List<Integer> widths) {
    NetworkCost cost = space.cost(widths);
    return new Candidate(widths, cost.macs(), cost.parameters());
  }
}
