package org.espalier.search.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.espalier.search.space.PricedChoices;
import org.espalier.text.InputException;

/**
 * How accurate every network of a space is, and what it costs. Networks are numbered as {@link
 * PricedChoices#picks(long)} does.
 */
public final class NetworkTable {
  private final TableFormat format;
  private final PricedChoices free;
  private final double[] seen;
  private final double[] truth;
  private final Map<String, TableCost> costs = new LinkedHashMap<>();

  private NetworkTable(TableFormat format, List<Integer> sizes, List<TableRow> ordered) {
    this.format = format;
    free = new PricedChoices(sizes, List.of());
    seen = ordered.stream().mapToDouble(TableRow::seen).toArray();
    truth = ordered.stream().mapToDouble(TableRow::truth).toArray();
    for (String cost : new TreeSet<>(ordered.get(0).costs().keySet())) {
      long[] amounts = ordered.stream().mapToLong(row -> row.costs().get(cost)).toArray();
      costs.put(cost, new TableCost(sizes, amounts));
    }
  }

  /**
   * A table of all networks that the options in its rows make. Options that no row has do not
   * count, so that a part of a table is a table.
   *
   * @param rows in any order
   * @throws InputException if a network is there twice or not at all
   */
  static NetworkTable of(TableFormat format, List<TableRow> rows) {
    if (rows.isEmpty()) {
      throw new InputException("there is no row below the first line");
    }
    int choices = rows.get(0).picks().size();
    List<List<Integer>> options = new ArrayList<>();
    for (int i = 0; i < choices; i++) {
      int choice = i;
      TreeSet<Integer> found = new TreeSet<>();
      rows.forEach(row -> found.add(row.picks().get(choice)));
      options.add(List.copyOf(found));
    }
    PricedChoices all = new PricedChoices(options.stream().map(List::size).toList(), List.of());
    TableRow[] ordered = new TableRow[Math.toIntExact(all.size())];
    for (TableRow row : rows) {
      List<Integer> picks =
          IntStream.range(0, choices)
              .mapToObj(choice -> options.get(choice).indexOf(row.picks().get(choice)))
              .toList();
      int number = Math.toIntExact(all.number(picks));
      if (ordered[number] != null) {
        throw new InputException("the network %s is there twice".formatted(row.picks()));
      }
      ordered[number] = row;
    }
    long missing = Arrays.stream(ordered).filter(row -> row == null).count();
    if (missing > 0) {
      throw new InputException(
          "%s of the %s networks that its options make are missing"
              .formatted(missing, ordered.length));
    }
    return new NetworkTable(format, all.sizes(), List.of(ordered));
  }

  /** Which table it is, for people. */
  public String name() {
    return format.label();
  }

  /** What a search is told of a network, and what counts, for people. */
  public String judged() {
    return format.judged();
  }

  /** Usual limits of {@link TableFormat#FLOPS}. */
  List<Long> usualFlops() {
    return format.usualFlops();
  }

  /** The numbers of all networks. */
  IntStream numbers() {
    return IntStream.range(0, size());
  }

  /** How many networks it has. */
  public int size() {
    return seen.length;
  }

  /** The number of a network. */
  public int number(List<Integer> picks) {
    return Math.toIntExact(free.number(picks));
  }

  /** The accuracy that a search is told, a share. */
  public double seen(int number) {
    return seen[number];
  }

  /** The accuracy that counts, a share. */
  public double truth(int number) {
    return truth[number];
  }

  /** The choices without any limit. */
  public PricedChoices free() {
    return free;
  }

  /** What is known of the costs of networks, by name. */
  public List<String> costs() {
    return List.copyOf(costs.keySet());
  }

  /**
   * The choices with a limit.
   *
   * @param cost one of {@link #costs}
   * @param most that a network may cost, at least what the cheapest does
   */
  public PricedChoices limited(String cost, long most) {
    return new PricedChoices(
        free.sizes(), List.of(new PricedChoices.PricedLimit(costs.get(cost), most)));
  }

  /**
   * What so many of the networks do not cost more than.
   *
   * @param share above 0, at most 1
   */
  public long quantile(String cost, double share) {
    long[] sorted = numbers().mapToLong(costs.get(cost)::amount).toArray();
    Arrays.sort(sorted);
    return sorted[Math.max(1, (int) StrictMath.ceil(share * sorted.length)) - 1];
  }
}
