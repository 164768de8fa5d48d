package org.espalier.search;

import java.util.Objects;
import java.util.function.Function;

/**
 * What became of an item: a value, or a failure that is a function of view, item and data.
 *
 * @param <R> result of an item
 */
public sealed interface Outcome<R> {

  /**
   * The item's result.
   *
   * @param value what it found
   */
  record Value<R>(R value) implements Outcome<R> {
    public Value {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public <T> Outcome<T> map(Function<R, T> function) {
      return new Value<>(function.apply(value));
    }
  }

  /**
   * The item cannot give a result, and would not elsewhere either.
   *
   * @param reason for people, for example {@code "the loss was not finite at step 12"}
   */
  record Failure<R>(String reason) implements Outcome<R> {
    public Failure {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <T> Outcome<T> map(Function<R, T> function) {
      return new Failure<>(reason);
    }
  }

  /** The same of another type of result. */
  <T> Outcome<T> map(Function<R, T> function);
}
