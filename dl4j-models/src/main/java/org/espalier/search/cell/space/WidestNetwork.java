package org.espalier.search.cell.space;

import java.util.List;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ReadyMade;
import org.espalier.text.InputException;

/** Finds out how wide the networks of a found cell can be within a budget. */
public final class WidestNetwork {
  private WidestNetwork() {}

  /**
   * The space in which the network of some picks is as wide as a budget allows, with as many cells
   * as it has. Where a resource of the budget does not know every layer, only widths count whose
   * networks it knows, up to four times the present one.
   *
   * @throws InfeasibleBudgetException if the narrowest one is over budget
   * @throws InputException if the budget knows none
   */
  public static GatedSpace within(GatedSpace space, List<Integer> picks, Budget budget) {
    return budget.knowsEveryLayer()
        ? widest(space, picks, budget)
        : widestKnown(space, picks, budget);
  }

  private static GatedSpace widest(GatedSpace space, List<Integer> picks, Budget budget) {
    budget.checkFeasible(NetworkCost.of(wide(space, 1).network(picks)));
    int least = 1;
    int over = 2;
    while (over <= ReadyMade.WIDEST && allows(space, picks, over, budget)) {
      least = over;
      over *= 2;
    }
    over = Math.min(over, ReadyMade.WIDEST + 1);
    while (least + 1 < over) {
      int middle = (least + over) / 2;
      if (allows(space, picks, middle, budget)) {
        least = middle;
      } else {
        over = middle;
      }
    }
    return wide(space, least);
  }

  private static GatedSpace widestKnown(GatedSpace space, List<Integer> picks, Budget budget) {
    Optional<NetworkCost> narrowest = Optional.empty();
    Optional<GatedSpace> widest = Optional.empty();
    int most = Math.min(ReadyMade.WIDEST, 4 * space.skeleton().channels());
    for (int channels = 1; channels <= most; channels++) {
      NetworkCost cost = NetworkCost.of(wide(space, channels).network(picks));
      if (budget.knows(cost)) {
        narrowest = narrowest.or(() -> Optional.of(cost));
        widest = budget.allows(cost) ? Optional.of(wide(space, channels)) : widest;
      }
    }
    budget.checkFeasible(
        narrowest.orElseThrow(
            () ->
                new InputException(
                    ("the budget of %s knows the layers of no network of this cell with 1 to %s"
                            + " channels; measure one of them at least")
                        .formatted(budget.describe(), most))));
    return widest.orElseThrow();
  }

  /** Whether a network is within the budget; not if it is too large to be counted. */
  private static boolean allows(
      GatedSpace space, List<Integer> picks, int channels, Budget budget) {
    try {
      return budget.allows(NetworkCost.of(wide(space, channels).network(picks)));
    } catch (InputException | ArithmeticException e) {
      return false;
    }
  }

  private static GatedSpace wide(GatedSpace space, int channels) {
    return space.with(space.skeleton().cells(), channels);
  }
}
