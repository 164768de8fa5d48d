package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The linear programme inside of Frank-Wolfe steps under a budget (Nayman et al., "HardCoRe-NAS",
 * ICML 2021, section 4): of all probabilities of independent choices whose expected cost is within
 * a limit, those of the least expected value. Without a solver: for a price {@code lambda} of cost
 * each choice takes its option of the least {@code value + lambda * cost}; what the choices take
 * together falls as the price rises, and at the price where it passes the limit, choices go over
 * from their cheap option to their dear one until the limit is met. At most one choice is then
 * shared between two options, all others are certain.
 *
 * @param values of options, {@code [choice][option]}, finite: what shall become small
 * @param costs of options, likewise
 */
record KnapsackOracle(List<double[]> values, List<double[]> costs) {

  /** Values and costs, one row a choice. */
  static KnapsackOracle of(double[][] values, double[][] costs) {
    return new KnapsackOracle(List.of(values), List.of(costs));
  }

  /**
   * The best probabilities, {@code [choice][option]}.
   *
   * @param limit on the sum of expected costs
   * @throws IllegalArgumentException if the cheapest options are over the limit
   */
  double[][] within(double limit) {
    List<Double> prices = prices();
    if (cost(picks(prices.get(prices.size() - 1), true)) > limit) {
      throw new IllegalArgumentException(
          "even the cheapest options are over the limit %s".formatted(limit));
    }
    int least = 0;
    int most = prices.size() - 1;
    while (least < most) {
      int middle = (least + most) / 2;
      if (cost(picks(prices.get(middle), true)) <= limit) {
        most = middle;
      } else {
        least = middle + 1;
      }
    }
    int[] cheap = picks(prices.get(least), true);
    int[] dear = picks(prices.get(least), false);
    return mixed(cheap, dear, limit);
  }

  /** Prices at which some choice is undecided, rising, with 0 first and one above all last. */
  private List<Double> prices() {
    TreeSet<Double> prices = new TreeSet<>();
    prices.add(0.0);
    for (int choice = 0; choice < values.size(); choice++) {
      double[] value = values.get(choice);
      double[] cost = costs.get(choice);
      for (int dear = 0; dear < value.length; dear++) {
        for (int cheap = 0; cheap < value.length; cheap++) {
          if (cost[dear] > cost[cheap] && value[dear] < value[cheap]) {
            prices.add((value[cheap] - value[dear]) / (cost[dear] - cost[cheap]));
          }
        }
      }
    }
    prices.add(2 * prices.last() + 1);
    return new ArrayList<>(prices);
  }

  /**
   * The best option of each choice at a price; of equally good ones the cheapest or the dearest.
   */
  private int[] picks(double price, boolean cheapest) {
    int[] picks = new int[values.size()];
    for (int choice = 0; choice < picks.length; choice++) {
      double[] value = values.get(choice);
      double[] cost = costs.get(choice);
      double least = Double.POSITIVE_INFINITY;
      for (int option = 0; option < value.length; option++) {
        least = Math.min(least, value[option] + price * cost[option]);
      }
      double tolerance = 1e-12 * Math.max(1, Math.abs(least));
      int best = -1;
      for (int option = 0; option < value.length; option++) {
        if (value[option] + price * cost[option] <= least + tolerance
            && (best < 0 || (cheapest ? cost[option] < cost[best] : cost[option] > cost[best]))) {
          best = option;
        }
      }
      picks[choice] = best;
    }
    return picks;
  }

  private double cost(int[] picks) {
    double sum = 0;
    for (int choice = 0; choice < picks.length; choice++) {
      sum += costs.get(choice)[picks[choice]];
    }
    return sum;
  }

  /** Choices go over to their dear options, one after the other, as far as the limit allows. */
  private double[][] mixed(int[] cheap, int[] dear, double limit) {
    double[][] mixed = new double[cheap.length][];
    double left = limit - cost(cheap);
    for (int choice = 0; choice < cheap.length; choice++) {
      double[] cost = costs.get(choice);
      mixed[choice] = new double[cost.length];
      double more = cost[dear[choice]] - cost[cheap[choice]];
      double share = more <= 0 ? 0 : Math.min(1, Math.max(0, left) / more);
      mixed[choice][cheap[choice]] += 1 - share;
      mixed[choice][dear[choice]] += share;
      left -= share * more;
    }
    return mixed;
  }
}
