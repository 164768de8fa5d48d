package org.espalier.search.space;

import java.util.List;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;

/**
 * Finds out before a search whether several limits can be kept together, where that is cheap: a
 * cheapest candidate of one resource that keeps the other limits says yes; small spaces are looked
 * through. In large spaces it may stay open, and draws come back with nothing.
 */
final class JointLimits {
  private JointLimits() {}

  /**
   * Says so if no candidate is within all limits.
   *
   * @param choices with at least one limit, each of which some candidate keeps
   * @throws InfeasibleBudgetException if it is certain that none keeps all
   */
  static void check(WidthSpace space, PricedChoices choices, Budget budget) {
    boolean kept =
        choices.limits().size() == 1
            || choices.limits().stream()
                .map(limit -> limit.cost().cheapest())
                .anyMatch(choices::allows);
    if (!kept && space.size() <= FeasibleCandidates.ENUMERATED && !anyIn(space, choices)) {
      throw new InfeasibleBudgetException(budget);
    }
  }

  private static boolean anyIn(WidthSpace space, PricedChoices choices) {
    for (long number = 0; number < space.size(); number++) {
      List<Integer> picks = space.picks(number);
      if (choices.allows(picks)) {
        return true;
      }
    }
    return false;
  }
}
