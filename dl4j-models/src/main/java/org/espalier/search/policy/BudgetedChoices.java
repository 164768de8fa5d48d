package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The linear programme of {@link KnapsackOracle} under any number of limits: all but one of them
 * are priced, and each price is bisected until the two solutions beside it lie on both sides of its
 * limit. The limit is met by a mixture of the two, which is within the other limits as both are.
 *
 * @param values of options, {@code [choice][option]}, finite: what shall become small
 * @param knapsacks none, one or several
 */
record BudgetedChoices(List<double[]> values, List<Knapsack> knapsacks) {
  /** Halvings of a price; what is found is within the limits whatever its accuracy. */
  private static final int BISECTIONS = 24;

  private static final int DOUBLINGS = 40;

  /**
   * A limit.
   *
   * @param costs of options, {@code [choice][option]}
   * @param limit on the sum of expected costs
   */
  record Knapsack(List<double[]> costs, double limit) {}

  /** The best probabilities, {@code [choice][option]}; nothing if none are within the limits. */
  Optional<double[][]> best() {
    if (knapsacks.isEmpty()) {
      List<double[]> nothing = values.stream().map(row -> new double[row.length]).toList();
      return Optional.of(new KnapsackOracle(values, nothing).within(0));
    }
    int last = knapsacks.size() - 1;
    return knapsacks.size() == 1
        ? ofOne(knapsacks.get(0))
        : ofSeveral(knapsacks.subList(0, last), knapsacks.get(last));
  }

  private Optional<double[][]> ofOne(Knapsack knapsack) {
    double least =
        knapsack.costs().stream().mapToDouble(row -> Arrays.stream(row).min().orElseThrow()).sum();
    return least > knapsack.limit()
        ? Optional.empty()
        : Optional.of(new KnapsackOracle(values, knapsack.costs()).within(knapsack.limit()));
  }

  private Optional<double[][]> ofSeveral(List<Knapsack> others, Knapsack priced) {
    Optional<double[][]> free = new BudgetedChoices(values, others).best();
    Optional<double[][]> cheapest = new BudgetedChoices(priced.costs(), others).best();
    if (free.isEmpty() || cheapest.isEmpty() || cost(priced, cheapest.get()) > priced.limit()) {
      return Optional.empty();
    }
    double[][] over = free.get();
    if (cost(priced, over) <= priced.limit()) {
      return free;
    }
    double[][] within = cheapest.get();
    double least = 0;
    double most = spread(values) / spread(priced.costs());
    for (int i = 0; i < DOUBLINGS; i++) {
      double[][] found = at(most, others, priced);
      if (cost(priced, found) <= priced.limit()) {
        within = found;
        break;
      }
      over = found;
      least = most;
      most *= 2;
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (least + most) / 2;
      double[][] found = at(middle, others, priced);
      if (cost(priced, found) <= priced.limit()) {
        within = found;
        most = middle;
      } else {
        over = found;
        least = middle;
      }
    }
    double share =
        (priced.limit() - cost(priced, within)) / (cost(priced, over) - cost(priced, within));
    Rows mixed = Rows.scaled(1 - share, within);
    mixed.add(share, over);
    return Optional.of(mixed.table());
  }

  private double[][] at(double price, List<Knapsack> others, Knapsack priced) {
    List<double[]> sums = new ArrayList<>();
    for (int choice = 0; choice < values.size(); choice++) {
      double[] sum = values.get(choice).clone();
      for (int option = 0; option < sum.length; option++) {
        sum[option] += price * priced.costs().get(choice)[option];
      }
      sums.add(sum);
    }
    return new BudgetedChoices(sums, others).best().orElseThrow();
  }

  private static double cost(Knapsack knapsack, double[][] probabilities) {
    double sum = 0;
    for (int choice = 0; choice < probabilities.length; choice++) {
      for (int option = 0; option < probabilities[choice].length; option++) {
        sum += probabilities[choice][option] * knapsack.costs().get(choice)[option];
      }
    }
    return sum;
  }

  /** The largest difference within a choice. */
  private static double spread(List<double[]> rows) {
    double spread = 0;
    for (double[] row : rows) {
      double least = Arrays.stream(row).min().orElseThrow();
      spread = Math.max(spread, Arrays.stream(row).max().orElseThrow() - least);
    }
    return spread;
  }
}
