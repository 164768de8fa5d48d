package org.espalier.search.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The least sum that the terms of later choices can have, for every way in which the earlier
 * choices that they meet can have been settled; by dynamic programming from the last choice
 * backwards. Its tables grow with the product of the sizes of the choices that wait for a later
 * one, of which these networks have two at most.
 */
final class Completions {
  private final long[][] single;
  private final List<PairwiseCost.Pair> pairs;
  private final long sign;

  /** Choices before the index that meet one at or after it, rising. */
  private final List<List<Integer>> waiting = new ArrayList<>();

  /** For each number of settled choices, the least sum by the picks of those waiting. */
  private final List<long[]> least;

  /**
   * Fills the tables.
   *
   * @param sign 1 for the least sums, -1 for the least sums of the negated terms
   */
  Completions(long[][] single, List<PairwiseCost.Pair> pairs, long sign) {
    this.single = single;
    this.pairs = pairs;
    this.sign = sign;
    int choices = single.length;
    for (int count = 0; count <= choices; count++) {
      int settled = count;
      waiting.add(
          pairs.stream()
              .filter(pair -> pair.first < settled && pair.second >= settled)
              .map(pair -> pair.first)
              .distinct()
              .sorted()
              .toList());
    }
    least = new ArrayList<>(Collections.nCopies(choices + 1, new long[1]));
    List<Integer> picks = new ArrayList<>(Collections.nCopies(choices, 0));
    for (int count = choices - 1; count >= 0; count--) {
      least.set(count, table(count, picks));
    }
  }

  /** The least sum of the terms that involve a choice from {@code count} on. */
  long best(List<Integer> picks, int count) {
    return least.get(count)[index(picks, count)];
  }

  private long[] table(int count, List<Integer> picks) {
    List<Integer> before = waiting.get(count);
    int size = 1;
    for (int choice : before) {
      size = Math.multiplyExact(size, single[choice].length);
    }
    long[] table = new long[size];
    for (int entry = 0; entry < size; entry++) {
      int rest = entry;
      for (int choice : before) {
        picks.set(choice, rest % single[choice].length);
        rest /= single[choice].length;
      }
      table[entry] = Long.MAX_VALUE;
      for (int pick = 0; pick < single[count].length; pick++) {
        picks.set(count, pick);
        table[entry] = Math.min(table[entry], added(count, picks) + best(picks, count + 1));
      }
    }
    return table;
  }

  private long added(int choice, List<Integer> picks) {
    long sum = single[choice][picks.get(choice)];
    for (PairwiseCost.Pair pair : pairs) {
      if (pair.second == choice) {
        sum += pair.table[picks.get(pair.first)][picks.get(choice)];
      }
    }
    return sign * sum;
  }

  private int index(List<Integer> picks, int count) {
    int index = 0;
    int stride = 1;
    for (int choice : waiting.get(count)) {
      index += stride * picks.get(choice);
      stride *= single[choice].length;
    }
    return index;
  }
}
