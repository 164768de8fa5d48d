package org.espalier.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What came back from a round.
 *
 * @param items each planned item with its outcome, in item order
 * @param totals the folded sums
 * @param <W> items of work
 * @param <R> result of an item
 */
public record RoundResult<W, R>(List<Performed<W, R>> items, Totals totals) {
  public RoundResult {
    items = List.copyOf(items);
    Objects.requireNonNull(totals, "totals");
  }

  /**
   * An item and what became of it.
   *
   * @param item as planned
   * @param outcome its result, or a failure as a value
   * @param <W> items of work
   * @param <R> result of an item
   */
  public record Performed<W, R>(W item, Outcome<R> outcome) {
    public Performed {
      Objects.requireNonNull(item, "item");
      Objects.requireNonNull(outcome, "outcome");
    }
  }

  /** The items of one kind that gave a result of one kind, in item order. */
  public <I extends W, T extends R> List<Valued<I, T>> values(Class<I> items, Class<T> results) {
    List<Valued<I, T>> values = new ArrayList<>();
    for (Performed<W, R> performed : this.items) {
      if (items.isInstance(performed.item())
          && performed.outcome() instanceof Outcome.Value<R> value
          && results.isInstance(value.value())) {
        values.add(new Valued<>(items.cast(performed.item()), results.cast(value.value())));
      }
    }
    return values;
  }

  /** The same of other types of items and results, in the same order. */
  public <I, T> RoundResult<I, T> map(Function<W, I> item, Function<R, T> result) {
    List<Performed<I, T>> mapped = new ArrayList<>();
    for (Performed<W, R> each : items) {
      mapped.add(new Performed<>(item.apply(each.item()), each.outcome().map(result)));
    }
    return new RoundResult<>(mapped, totals);
  }

  /**
   * An item and its result.
   *
   * @param item as planned
   * @param value what it found
   * @param <I> kind of item
   * @param <T> kind of result
   */
  public record Valued<I, T>(I item, T value) {}
}
