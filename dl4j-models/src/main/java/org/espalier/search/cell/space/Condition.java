package org.espalier.search.cell.space;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When a network has something: when for every choice named here one of some options is picked.
 *
 * @param allowed options by choice; choices that do not matter are missing
 */
record Condition(SortedMap<Integer, Set<Integer>> allowed) {
  static final Condition ALWAYS = new Condition(Collections.emptySortedMap());

  Condition {
    SortedMap<Integer, Set<Integer>> copy = new TreeMap<>();
    allowed.forEach(
        (choice, options) -> copy.put(choice, Collections.unmodifiableSet(new TreeSet<>(options))));
    allowed = Collections.unmodifiableSortedMap(copy);
  }

  /** Both this and that a choice takes one of some options. */
  Condition and(int choice, Set<Integer> options) {
    SortedMap<Integer, Set<Integer>> both = new TreeMap<>(allowed);
    both.merge(choice, options, Condition::common);
    return new Condition(both);
  }

  /** Both this and another. */
  Condition and(Condition other) {
    Condition both = this;
    for (Map.Entry<Integer, Set<Integer>> each : other.allowed.entrySet()) {
      both = both.and(each.getKey(), each.getValue());
    }
    return both;
  }

  /** The same without a choice. */
  Condition without(int choice) {
    SortedMap<Integer, Set<Integer>> rest = new TreeMap<>(allowed);
    rest.remove(choice);
    return new Condition(rest);
  }

  private static Set<Integer> common(Set<Integer> one, Set<Integer> other) {
    Set<Integer> common = new TreeSet<>(one);
    common.retainAll(other);
    return common;
  }

  /** Whether no picks meet it. */
  boolean impossible() {
    return allowed.values().stream().anyMatch(Set::isEmpty);
  }

  /** Whether some picks meet it. */
  boolean holds(List<Integer> picks) {
    return allowed.entrySet().stream()
        .allMatch(each -> each.getValue().contains(picks.get(each.getKey())));
  }
}
