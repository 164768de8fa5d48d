package org.espalier.search.cell.space;

import java.util.Set;
import java.util.function.Supplier;

/**
 * One of the things that come together in a place of a {@link Sketch}.
 *
 * @param choice that decides whether it is there, or -1 if it always is
 * @param options of the choice with which it is there
 * @param gate name of the node in which the options' weights act, or empty if none does
 * @param value draws it
 */
record Branch<V>(int choice, Set<Integer> options, String gate, Supplier<V> value) {
  private static final int ALWAYS = -1;

  Branch {
    options = Set.copyOf(options);
  }

  /** What every network has. */
  static <V> Branch<V> always(Supplier<V> value) {
    return new Branch<>(ALWAYS, Set.of(), "", value);
  }

  /** What networks with one option have. */
  static <V> Branch<V> of(int choice, int option, String gate, Supplier<V> value) {
    return new Branch<>(choice, Set.of(option), gate, value);
  }

  boolean isAlways() {
    return choice == ALWAYS;
  }
}
