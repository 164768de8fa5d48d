package org.espalier.search.cell;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.search.cell.space.Decision;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PairwiseTerms;

/**
 * How many skip connections the normal cell of a network has, counted like a cost, so that its
 * expectation has a gradient and nothing above a limit is handed over. A chain, which leaves layers
 * out on purpose, has none.
 */
final class SkipCount {
  private static final String REDUCTION = "reduction";

  private SkipCount() {}

  /** The count plus 1, as limits are at least 1. */
  static CostModel plusOne(GatedSpace space) {
    List<Decision> decisions = space.decisions();
    PairwiseTerms terms = new PairwiseTerms(space.sizes());
    terms.add(1);
    if (decisions.stream().anyMatch(each -> each.kind() == Decision.Kind.DEPTH)) {
      return terms.sum();
    }
    Map<String, Integer> topologies = new HashMap<>();
    for (int choice = 0; choice < decisions.size(); choice++) {
      if (decisions.get(choice).kind() == Decision.Kind.TOPOLOGY) {
        topologies.put(decisions.get(choice).place(), choice);
      }
    }
    Map<String, Integer> edges = new HashMap<>();
    for (int choice = 0; choice < decisions.size(); choice++) {
      Decision decision = decisions.get(choice);
      if (decision.kind() != Decision.Kind.OPERATION || decision.name().startsWith(REDUCTION)) {
        continue;
      }
      int from = edges.merge(decision.place(), 1, Integer::sum) - 1;
      Integer topology = topologies.get(decision.place());
      for (int skip : decision.with(Decision.Effect.SKIP)) {
        if (topology == null) {
          terms.add(choice, skip, 1);
        } else {
          List<Decision.Option> pairs = decisions.get(topology).options();
          for (int pair = 0; pair < pairs.size(); pair++) {
            if (Arrays.asList(pairs.get(pair).name().split("\\+")).contains(String.valueOf(from))) {
              terms.add(topology, pair, choice, skip, 1);
            }
          }
        }
      }
    }
    return terms.sum();
  }
}
