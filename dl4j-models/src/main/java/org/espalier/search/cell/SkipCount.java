package org.espalier.search.cell;

import java.util.List;
import org.espalier.search.cell.space.Decision;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PairwiseTerms;

/**
 * How many skip connections the normal cell of a network has, counted like a cost, so that its
 * expectation has a gradient and nothing above a limit is handed over.
 */
final class SkipCount {
  private static final String REDUCTION = "reduction";

  private SkipCount() {}

  /** The count plus 1, as limits are at least 1. */
  static CostModel plusOne(GatedSpace space) {
    List<Decision> decisions = space.decisions();
    PairwiseTerms terms = new PairwiseTerms(space.sizes());
    terms.add(1);
    for (int choice = 0; choice < decisions.size(); choice++) {
      Decision decision = decisions.get(choice);
      if (decision.kind() == Decision.Kind.OPERATION && !decision.name().startsWith(REDUCTION)) {
        for (int skip : decision.with(Decision.Effect.SKIP)) {
          terms.add(choice, skip, 1);
        }
      }
    }
    return terms.sum();
  }
}
