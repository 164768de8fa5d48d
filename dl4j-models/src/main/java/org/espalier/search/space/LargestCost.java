package org.espalier.search.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a candidate takes of a resource of which the largest layer counts, such as peak activation
 * memory. Each layer has a table over the few choices that meet in it.
 *
 * <p>{@link #exact} and {@link #smallest} are exact, the latter by dynamic programming from the
 * last choice backwards, as a layer is known once its last choice is settled. {@link #expected} is
 * a lower bound on the mean: the largest of the layers' means, which is not above the mean of the
 * largest layer (Jensen's inequality). Its gradient is that of the layer attaining it, the first of
 * equals.
 */
public final class LargestCost implements CostModel {
  private final List<Integer> sizes;
  private final List<LargestTable> tables;

  /** Choices before the index that meet, in some layer, one at or after it, rising. */
  private final List<OptionClasses> waiting = new ArrayList<>();

  /** For each number of settled choices, the least largest layer by the picks of those waiting. */
  private final List<long[]> least;

  /**
   * Fills the tables of the dynamic programme.
   *
   * @param sizes options of each choice
   * @param tables of all layers
   */
  public LargestCost(List<Integer> sizes, List<LargestTable> tables) {
    this.sizes = List.copyOf(sizes);
    this.tables = List.copyOf(tables);
    int choices = sizes.size();
    for (int count = 0; count <= choices; count++) {
      waiting.add(waiting(count));
    }
    least = new ArrayList<>(Collections.nCopies(choices + 1, new long[1]));
    List<Integer> picks = new ArrayList<>(Collections.nCopies(choices, 0));
    for (int count = choices - 1; count >= 0; count--) {
      least.set(count, least(count, picks));
    }
  }

  @Override
  public LargestCost restricted(List<List<Integer>> kept) {
    return new LargestCost(
        kept.stream().map(List::size).toList(),
        tables.stream().map(table -> table.restricted(kept)).toList());
  }

  @Override
  public List<Integer> sizes() {
    return sizes;
  }

  @Override
  public long exact(List<Integer> picks) {
    check(picks.size());
    return settled(picks, sizes.size());
  }

  @Override
  public long smallest(List<Integer> picks, int count) {
    long rest = least.get(count)[waiting.get(count).index(picks)];
    return Math.max(settled(picks, count), rest);
  }

  @Override
  public double expected(double[][] marginals) {
    check(marginals.length);
    return largest(marginals).expected(marginals);
  }

  @Override
  public double[][] gradient(double[][] marginals) {
    check(marginals.length);
    double[][] gradient = sizes.stream().map(double[]::new).toArray(double[][]::new);
    largest(marginals).addGradient(marginals, gradient);
    return gradient;
  }

  private LargestTable largest(double[][] marginals) {
    double[] means = tables.stream().mapToDouble(table -> table.expected(marginals)).toArray();
    double most = Arrays.stream(means).max().orElseThrow();
    int first = 0;
    while (means[first] < most) {
      first++;
    }
    return tables.get(first);
  }

  /** The largest of the layers that some picks settle. */
  private long settled(List<Integer> picks, int count) {
    long most = 0;
    for (LargestTable table : tables) {
      if (table.last() < count) {
        most = Math.max(most, table.at(picks));
      }
    }
    return most;
  }

  private OptionClasses waiting(int count) {
    return OptionClasses.refined(
        tables.stream().filter(table -> table.last() >= count).map(LargestTable::meeting).toList(),
        choice -> choice < count);
  }

  private long[] least(int count, List<Integer> picks) {
    OptionClasses before = waiting.get(count);
    List<LargestTable> decided = tables.stream().filter(table -> table.last() == count).toList();
    long[] table = new long[before.size()];
    for (int entry = 0; entry < table.length; entry++) {
      before.settle(entry, picks);
      table[entry] = Long.MAX_VALUE;
      for (int pick = 0; pick < sizes.get(count); pick++) {
        picks.set(count, pick);
        long most = least.get(count + 1)[waiting.get(count + 1).index(picks)];
        for (LargestTable layer : decided) {
          most = Math.max(most, layer.at(picks));
        }
        table[entry] = Math.min(table[entry], most);
      }
    }
    return table;
  }

  private void check(int given) {
    if (given != sizes.size()) {
      throw new IllegalArgumentException(
          "need one entry for each of %s choices, got %s".formatted(sizes.size(), given));
    }
  }
}
