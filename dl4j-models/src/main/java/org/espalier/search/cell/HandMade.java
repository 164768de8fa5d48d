package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.cost.Budget;
import org.espalier.search.cell.space.Decision;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.WidestNetwork;
import org.espalier.search.finals.Reference;

/**
 * The network that one would take from a space without a search: one usual operation everywhere.
 */
final class HandMade {
  /** What people take, the first that there is. */
  private static final List<String> USUAL = List.of("sep_conv_3x3", "nor_conv_3x3", "k3e6");

  private HandMade() {}

  /**
   * The network as wide as a budget allows, in as many cells as the space has.
   *
   * @throws org.espalier.cost.InfeasibleBudgetException if the narrowest one is over budget
   */
  static Reference within(GatedSpace space, Budget budget) {
    List<Integer> picks = picks(space);
    GatedSpace widest = WidestNetwork.within(space, picks, budget);
    return new Reference("hand-made cell", widest.candidate(picks));
  }

  private static List<Integer> picks(GatedSpace space) {
    List<Integer> picks = new ArrayList<>();
    for (Decision decision : space.decisions()) {
      picks.add(
          switch (decision.kind()) {
            case OPERATION -> usual(decision);
            case TOPOLOGY -> 0;
            case DEPTH -> decision.options().size() - 1;
          });
    }
    return picks;
  }

  private static int usual(Decision decision) {
    List<String> names = decision.options().stream().map(Decision.Option::name).toList();
    return USUAL.stream()
        .filter(names::contains)
        .map(names::indexOf)
        .findFirst()
        .orElseGet(
            () ->
                IntStream.range(0, names.size())
                    .filter(
                        option ->
                            decision.options().get(option).effect() == Decision.Effect.LEARNED)
                    .findFirst()
                    .orElse(0));
  }
}
