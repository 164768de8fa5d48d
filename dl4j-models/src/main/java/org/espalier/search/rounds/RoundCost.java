package org.espalier.search.rounds;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.search.WorkItem;

/** Planned cost of a round and how much of it is finished. */
final class RoundCost {
  private final List<Long> groups;
  private final long planned;
  private final Set<Integer> finished = new HashSet<>();
  private long done;

  RoundCost(List<? extends WorkItem> items, List<List<Integer>> groups) {
    this.groups =
        groups.stream()
            .map(group -> group.stream().mapToLong(item -> items.get(item).plannedCost()).sum())
            .toList();
    this.planned = this.groups.stream().mapToLong(Long::longValue).sum();
  }

  long planned() {
    return planned;
  }

  /** Counts a group, once, and gives the cost finished so far. */
  synchronized long finished(int group) {
    if (finished.add(group)) {
      done += groups.get(group);
    }
    return done;
  }
}
