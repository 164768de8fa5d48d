package org.espalier.search.rounds;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Folds the results of {@link Groups#FOLDED} consecutive groups into one: the level between groups
 * and driver in rounds of very many groups. Sums are added in float64 in group order and rounded to
 * float32 once. Every runner of rounds goes through here, so they cannot differ.
 */
public final class GroupFold {
  private final Set<String> platforms = new LinkedHashSet<>();
  private final List<GroupResult.Item> items = new ArrayList<>();
  private final SumFold sums = new SumFold();

  private GroupFold() {}

  /**
   * Folds.
   *
   * @param results of {@link GroupRunner#run}, in group order; each is let go before the next is
   *     asked for
   */
  public static byte[] fold(Iterator<byte[]> results) {
    GroupFold fold = new GroupFold();
    while (results.hasNext()) {
      fold.add(GroupResult.decode(results.next()));
    }
    return GroupResult.encode(List.copyOf(fold.platforms), fold.items, fold.sums);
  }

  private void add(GroupResult group) {
    platforms.addAll(group.platforms());
    items.addAll(group.items());
    group.sums().forEach(sums::add);
  }
}
