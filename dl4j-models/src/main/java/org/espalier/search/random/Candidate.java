package org.espalier.search.random;

import java.util.List;

/**
 * A network of the space.
 *
 * @param widths in the family's order
 * @param macs of one image
 * @param parameters learned values
 */
record Candidate(List<Integer> widths, long macs, long parameters) {
  Candidate {
    widths = List.copyOf(widths);
  }

  static Candidate of(WidthSpace space, List<Integer> widths) {
    var cost = space.cost(widths);
    return new Candidate(widths, cost.macs(), cost.parameters());
  }
}
