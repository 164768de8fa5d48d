package org.espalier.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.espalier.cost.Budget;
import org.espalier.search.finals.Reference;
import org.espalier.text.InputException;

/** Scales a family's usual widths by one factor: what one would do without a search. */
public final class UniformWidths {
  /** Usual widths are scaled up at most so far. */
  private static final int MOST = 8;

  private UniformWidths() {}

  /**
   * The widest network within a budget whose widths are {@code max(1, floor(factor * usual))}.
   * Where a resource of the budget does not know every layer, only factors count whose networks it
   * knows.
   *
   * @throws org.espalier.cost.InfeasibleBudgetException if the narrowest one is over budget
   * @throws IllegalArgumentException if the budget knows none
   */
  public static List<Integer> within(WidthSpace space, Budget budget) {
    List<Integer> usual = space.family().usualWidths();
    List<Double> factors = known(space, budget, factors(usual));
    int least = 0;
    int most = factors.size() - 1;
    budget.checkFeasible(space.costOf(scaled(usual, factors.get(0))));
    while (least < most) {
      int middle = (least + most + 1) / 2;
      if (budget.allows(space.costOf(scaled(usual, factors.get(middle))))) {
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    return scaled(usual, factors.get(least));
  }

  /**
   * The widest such network as what one would take without a search.
   *
   * @throws org.espalier.cost.InfeasibleBudgetException if widths of 1 are over budget
   */
  public static Reference reference(WidthSpace space, Budget budget) {
    return new Reference("uniform widths", space.candidateOf(within(space, budget)));
  }

  /** The picks of that network, if the space has it. */
  public static Optional<List<Integer>> picks(WidthSpace space, Budget budget) {
    List<Integer> widths = within(space, budget);
    List<Integer> picks = new ArrayList<>();
    for (Choice choice : space.choices()) {
      int position = choice.positions().get(0);
      picks.add(space.candidates(position).indexOf(widths.get(position)));
    }
    return !picks.contains(-1) && space.widths(picks).equals(widths)
        ? Optional.of(picks)
        : Optional.empty();
  }

  private static List<Double> known(WidthSpace space, Budget budget, List<Double> factors) {
    if (budget.knowsEveryLayer()) {
      return factors;
    }
    List<Integer> usual = space.family().usualWidths();
    List<Double> known =
        factors.stream().filter(each -> budget.knows(space.costOf(scaled(usual, each)))).toList();
    if (known.isEmpty()) {
      throw new InputException(
          ("the budget of %s knows the layers of no network whose widths are the usual ones times"
                  + " one factor; measure one of them at least")
              .formatted(budget.describe()));
    }
    return known;
  }

  /** Factors at which some width changes, rising. */
  private static List<Double> factors(List<Integer> usual) {
    TreeSet<Double> factors = new TreeSet<>();
    for (int width : usual) {
      for (int scaled = 1; scaled <= MOST * width; scaled++) {
        factors.add((double) scaled / width);
      }
    }
    return List.copyOf(factors);
  }

  private static List<Integer> scaled(List<Integer> usual, double factor) {
    List<Integer> widths = new ArrayList<>();
    for (int width : usual) {
      // The smallest difference keeps k / width * width from falling below k.
      widths.add(Math.max(1, (int) StrictMath.floor(factor * width + 1e-9)));
    }
    return List.copyOf(widths);
  }
}
