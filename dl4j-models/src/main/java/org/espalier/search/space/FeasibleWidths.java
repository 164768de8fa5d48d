package org.espalier.search.space;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws different networks uniformly from those within a budget. Small spaces are enumerated, and a
 * sample is drawn without replacement; in large ones, networks are drawn uniformly from the whole
 * space until enough different ones are within the budget, which is uniform over the feasible ones
 * as well.
 */
public final class FeasibleWidths {
  /** Spaces up to this size are enumerated. */
  static final int ENUMERATED = 20_000;

  /** Draws after which a feasible share is given up as too small. */
  static final int DRAWS = 200_000;

  private FeasibleWidths() {}

  /**
   * A sample, as picks.
   *
   * @param space to draw from
   * @param budget that each network is within
   * @param count how many, at least 1; fewer come back if no more are feasible
   * @throws org.espalier.cost.InfeasibleBudgetException if the narrowest network is over budget
   * @throws IllegalArgumentException if so few networks are within the budget that drawing does not
   *     find enough
   */
  public static List<List<Integer>> sample(
      WidthSpace space, Budget budget, int count, RandomGenerator random) {
    budget.checkFeasible(space.cost(space.narrowest()));
    return space.size() <= ENUMERATED
        ? choose(space, budget, count, random)
        : reject(space, budget, count, random);
  }

  private static List<List<Integer>> choose(
      WidthSpace space, Budget budget, int count, RandomGenerator random) {
    List<List<Integer>> feasible = new ArrayList<>();
    for (long number = 0; number < space.size(); number++) {
      List<Integer> picks = space.picks(number);
      if (budget.allows(space.cost(space.widths(picks)))) {
        feasible.add(picks);
      }
    }
    int chosen = Math.min(count, feasible.size());
    for (int i = 0; i < chosen; i++) {
      int j = i + random.nextInt(feasible.size() - i);
      List<Integer> swapped = feasible.get(i);
      feasible.set(i, feasible.get(j));
      feasible.set(j, swapped);
    }
    return List.copyOf(feasible.subList(0, chosen));
  }

  private static List<List<Integer>> reject(
      WidthSpace space, Budget budget, int count, RandomGenerator random) {
    List<List<Integer>> found = new ArrayList<>();
    Set<List<Integer>> known = new HashSet<>();
    for (int draw = 0; draw < DRAWS && found.size() < count; draw++) {
      List<Integer> picks =
          space.choices().stream().map(c -> random.nextInt(c.widths().size())).toList();
      if (budget.allows(space.cost(space.widths(picks))) && known.add(picks)) {
        found.add(picks);
      }
    }
    if (found.size() < count) {
      throw new IllegalArgumentException(
          ("only %d of %,d random networks are different and within the budget of %s, %d were"
                  + " wanted: raise the budget, or offer narrower widths")
              .formatted(found.size(), DRAWS, budget.describe(), count));
    }
    return List.copyOf(found);
  }
}
