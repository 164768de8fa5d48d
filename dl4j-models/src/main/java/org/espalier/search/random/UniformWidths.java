package org.espalier.search.random;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.espalier.cost.InfeasibleBudgetException;

/** Scales a family's usual widths by one factor: what one would do without a search. */
final class UniformWidths {
  /** Usual widths are scaled up at most so far. */
  private static final int MOST = 8;

  private UniformWidths() {}

  /**
   * The widest network within a budget whose widths are {@code max(1, floor(factor * usual))}.
   *
   * @param budget the most MACs
   * @throws InfeasibleBudgetException if widths of 1 are over budget
   */
  static List<Integer> within(WidthSpace space, long budget) {
    List<Integer> usual = space.family().usualWidths();
    List<Double> factors = factors(usual);
    int least = 0;
    int most = factors.size() - 1;
    long smallest = macs(space, usual, factors.get(0));
    if (smallest > budget) {
      throw new InfeasibleBudgetException("MACs", budget, smallest);
    }
    while (least < most) {
      int middle = (least + most + 1) / 2;
      if (macs(space, usual, factors.get(middle)) <= budget) {
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    return scaled(usual, factors.get(least));
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

  private static long macs(WidthSpace space, List<Integer> usual, double factor) {
    return space.cost(scaled(usual, factor)).macs();
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
