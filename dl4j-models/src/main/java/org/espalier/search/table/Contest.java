package org.espalier.search.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.espalier.search.space.PricedChoices;

/**
 * A table in which searches are played, with or without a limit.
 *
 * @param table to search in
 * @param limit for people, empty for none
 * @param choices with the limit
 */
public record Contest(NetworkTable table, String limit, PricedChoices choices) {
  /** Shares of networks within the limits of measured latencies. */
  private static final List<Double> SHARES = List.of(0.1, 0.25, 0.5);

  /** A table without a limit. */
  public static Contest free(NetworkTable table) {
    return new Contest(table, "", table.free());
  }

  /**
   * A table with each of some limits: those of FLOPs that are usual for it, as far as it has
   * networks within them, and those of measured latencies that a tenth, a quarter and a half of the
   * networks are within.
   */
  public static List<Contest> limited(NetworkTable table) {
    List<Contest> contests = new ArrayList<>();
    for (String cost : table.costs()) {
      for (long most : limits(table, cost)) {
        contests.add(new Contest(table, TableFormat.amount(cost, most), table.limited(cost, most)));
      }
    }
    return List.copyOf(contests);
  }

  private static List<Long> limits(NetworkTable table, String cost) {
    long cheapest = table.quantile(cost, Double.MIN_VALUE);
    return cost.equals(TableFormat.FLOPS)
        ? table.usualFlops().stream().filter(most -> most >= cheapest).toList()
        : SHARES.stream().map(share -> table.quantile(cost, share)).toList();
  }

  /** The share of the table's networks that are within the limit. */
  public double share() {
    return (double) table.numbers().filter(this::allows).count() / table.size();
  }

  /** Whether a network is within the limit. */
  public boolean allows(int number) {
    return choices.allows(table.free().picks(number));
  }

  /** The network that is truly best of those within the limit. */
  public int best() {
    return most(table::truth);
  }

  /** The network that a search must end with if it asks for all within the limit. */
  public int seenAsBest() {
    return most(table::seen);
  }

  private int most(IntToDoubleFunction accuracy) {
    return table
        .numbers()
        .filter(this::allows)
        .reduce((a, b) -> accuracy.applyAsDouble(b) > accuracy.applyAsDouble(a) ? b : a)
        .orElseThrow();
  }
}
