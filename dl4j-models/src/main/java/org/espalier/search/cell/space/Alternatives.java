package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Conditions of which one is met, written with as few and as short ones as is easily found. */
final class Alternatives {
  private final List<Integer> sizes;
  private final Condition given;
  private final List<Condition> conditions = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param sizes options of each choice
   * @param given what is met in any case
   */
  Alternatives(List<Integer> sizes, Condition given) {
    this.sizes = sizes;
    this.given = given;
  }

  /** The conditions; none if nothing can be met, one without choices if it always is. */
  List<Condition> conditions() {
    return List.copyOf(conditions);
  }

  /** Adds one more condition. */
  void add(Condition condition) {
    Condition both = condition.and(given);
    if (both.impossible()) {
      return;
    }
    Condition added = shortened(both, sizes, given);
    for (int i = 0; i < conditions.size(); i++) {
      Optional<Condition> union = union(conditions.get(i), added);
      if (union.isPresent()) {
        conditions.remove(i);
        add(union.get());
        return;
      }
    }
    conditions.add(added);
  }

  /** Leaves out choices whose options are all that are given. */
  static Condition shortened(Condition condition, List<Integer> sizes, Condition given) {
    Condition shortened = condition;
    for (int choice : condition.allowed().keySet()) {
      Set<Integer> rest = given.allowed().get(choice);
      int possible = rest == null ? sizes.get(choice) : rest.size();
      if (condition.allowed().get(choice).size() == possible) {
        shortened = shortened.without(choice);
      }
    }
    return shortened;
  }

  /** One condition for both, if there is one: they differ in one choice, or one says it all. */
  static Optional<Condition> union(Condition one, Condition other) {
    Set<Integer> choices = new TreeSet<>(one.allowed().keySet());
    choices.addAll(other.allowed().keySet());
    List<Integer> different =
        choices.stream()
            .filter(choice -> !same(one.allowed().get(choice), other.allowed().get(choice)))
            .toList();
    if (different.isEmpty()) {
      return Optional.of(one);
    }
    if (implies(one, other)) {
      return Optional.of(other);
    }
    if (implies(other, one)) {
      return Optional.of(one);
    }
    int choice = different.get(0);
    if (different.size() > 1) {
      return Optional.empty();
    }
    Set<Integer> either = new TreeSet<>(one.allowed().get(choice));
    either.addAll(other.allowed().get(choice));
    return Optional.of(one.without(choice).and(choice, either));
  }

  private static boolean same(Set<Integer> one, Set<Integer> other) {
    return one != null && one.equals(other);
  }

  /** Whether the second is met wherever the first is. */
  private static boolean implies(Condition one, Condition other) {
    return other.allowed().entrySet().stream()
        .allMatch(
            each ->
                one.allowed().containsKey(each.getKey())
                    && each.getValue().containsAll(one.allowed().get(each.getKey())));
  }
}
