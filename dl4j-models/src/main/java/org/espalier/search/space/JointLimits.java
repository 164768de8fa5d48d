package org.espalier.search.space;

import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;

/**
 * Finds out before a search whether several limits can be kept together by a candidate that is not
 * degenerate, where that is cheap: a cheapest candidate of one resource that keeps the other limits
 * says yes; small spaces are looked through. In large spaces it may stay open, and draws come back
 * with nothing.
 */
final class JointLimits {
  private JointLimits() {}

  /**
   * Says so if no candidate is within all limits.
   *
   * @param choices with at least one limit, each of which some candidate keeps
   * @throws InfeasibleBudgetException if it is certain that none keeps all
   */
  static void check(PricedChoices choices, Budget budget) {
    boolean kept =
        choices.limits().stream().map(limit -> limit.cost().cheapest()).anyMatch(choices::allows);
    if (!kept && choices.size() <= FeasibleCandidates.ENUMERATED && !any(choices)) {
      throw new InfeasibleBudgetException(budget);
    }
  }

  private static boolean any(PricedChoices choices) {
    for (long number = 0; number < choices.size(); number++) {
      if (choices.allows(choices.picks(number))) {
        return true;
      }
    }
    return false;
  }
}
