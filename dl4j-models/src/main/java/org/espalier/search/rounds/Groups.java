package org.espalier.search.rounds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.espalier.search.WorkItem;

/**
 * Deals the items of a round to groups. A group is what one executor performs in one go; how many
 * there are belongs to the experiment, never to the cluster, because sums are folded group by
 * group.
 */
public final class Groups {
  /** Groups of a round unless told otherwise. */
  public static final int DEFAULT = 16;

  /** How many groups the driver folds; of more groups, so many are folded into one before. */
  public static final int FOLDED = 64;

  /** The most groups of a round: the driver folds at most {@value #FOLDED} results. */
  public static final int MAX = FOLDED * FOLDED;

  private Groups() {}

  /**
   * How many results reach the driver: one a group up to {@value #FOLDED} groups, one for each
   * {@value #FOLDED} consecutive groups above.
   */
  public static int results(int groups) {
    return groups <= FOLDED ? groups : (groups + FOLDED - 1) / FOLDED;
  }

  /** The groups that a result is folded from, where there are more than {@value #FOLDED}. */
  static IntStream members(int result, int groups) {
    return IntStream.range(result * FOLDED, Math.min(groups, (result + 1) * FOLDED));
  }

  private record Load(int group, long cost, int items) {}

  /**
   * Deals the dearest item first, each to the group with the least planned cost so far; ties go to
   * the lower item, to the group with fewer items, and to the lower group (Graham, SIAM Journal on
   * Applied Mathematics 17(2), 1969).
   *
   * @param items of a round
   * @param groups from 1 to {@link #MAX}
   * @return the items' indices, ascending inside each group; groups without items are left out
   */
  public static List<List<Integer>> deal(List<? extends WorkItem> items, int groups) {
    if (groups < 1 || groups > MAX) {
      throw new IllegalArgumentException(
          "groups must be from 1 to %s, got %s".formatted(MAX, groups));
    }
    List<List<Integer>> dealt = new ArrayList<>();
    PriorityQueue<Load> loads =
        new PriorityQueue<>(
            Comparator.comparingLong(Load::cost)
                .thenComparingInt(Load::items)
                .thenComparingInt(Load::group));
    for (int group = 0; group < groups; group++) {
      dealt.add(new ArrayList<>());
      loads.add(new Load(group, 0, 0));
    }
    IntStream.range(0, items.size())
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer item) -> items.get(item).plannedCost())
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .forEach(
            item -> {
              Load least = loads.remove();
              dealt.get(least.group()).add(item);
              loads.add(
                  new Load(
                      least.group(),
                      Math.addExact(least.cost(), items.get(item).plannedCost()),
                      least.items() + 1));
            });
    dealt.forEach(Collections::sort);
    return dealt.stream().filter(group -> !group.isEmpty()).map(List::copyOf).toList();
  }
}
