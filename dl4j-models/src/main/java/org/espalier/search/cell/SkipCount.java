package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.espalier.search.cell.space.Decision;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.policy.ExpectedSkips;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PairwiseTerms;

/**
 * How many skip connections the normal cell of a network has, counted like a cost, so that its
 * expectation has a gradient and nothing above a limit is handed over. A chain, which leaves layers
 * out on purpose, has none.
 */
final class SkipCount {
  private static final String REDUCTION = "reduction";

  /** Edges that a node keeps where it chooses. */
  private static final int KEPT_EDGES = 2;

  private SkipCount() {}

  /**
   * The same as a function of sigmoid gates, for cells of which the policy draws one operation of
   * each edge: where nodes keep two edges of many, as if drawn from all operations that come into
   * the node in proportion to their gates.
   *
   * @param kept for each choice the options that gates are of
   */
  static ExpectedSkips byGates(GatedSpace space, List<List<Integer>> kept) {
    List<Decision> decisions = space.decisions();
    boolean chain = decisions.stream().anyMatch(each -> each.kind() == Decision.Kind.DEPTH);
    boolean chooses = decisions.stream().anyMatch(each -> each.kind() == Decision.Kind.TOPOLOGY);
    Map<String, List<ExpectedSkips.Edge>> nodes = new LinkedHashMap<>();
    for (int choice = 0; choice < decisions.size() && !chain; choice++) {
      Decision decision = decisions.get(choice);
      if (decision.kind() == Decision.Kind.OPERATION && !decision.name().startsWith(REDUCTION)) {
        List<Integer> options = kept.get(choice);
        OptionalInt skip =
            decision.with(Decision.Effect.SKIP).stream()
                .mapToInt(options::indexOf)
                .filter(index -> index >= 0)
                .findFirst();
        // Where every edge is kept, each is a node of its own.
        nodes
            .computeIfAbsent(chooses ? decision.place() : decision.name(), of -> new ArrayList<>())
            .add(new ExpectedSkips.Edge(choice, skip));
      }
    }
    return new ExpectedSkips(List.copyOf(nodes.values()), chooses ? KEPT_EDGES : 1);
  }

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
