package org.espalier.search;

import java.util.Objects;
import java.util.function.Function;

/**
 * What an item gives back.
 *
 * @param outcome a small result, or a failure as a value
 * @param sums what it adds to the round's sums; nothing for a failure
 * @param <R> result of an item
 */
public record Contribution<R>(Outcome<R> outcome, Sums sums) {
  public Contribution {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(sums, "sums");
    if (outcome instanceof Outcome.Failure && !sums.names().isEmpty()) {
      throw new IllegalArgumentException("a failed item adds nothing to the sums");
    }
  }

  /** A result without sums. */
  public static <R> Contribution<R> of(R result) {
    return new Contribution<>(new Outcome.Value<>(result), Sums.NONE);
  }

  /** A result with sums. */
  public static <R> Contribution<R> of(R result, Sums sums) {
    return new Contribution<>(new Outcome.Value<>(result), sums);
  }

  /** A failure that is a function of view, item and data. */
  public static <R> Contribution<R> failure(String reason) {
    return new Contribution<>(new Outcome.Failure<>(reason), Sums.NONE);
  }

  /** The same of another type of result. */
  public <T> Contribution<T> map(Function<R, T> function) {
    return new Contribution<>(outcome.map(function), sums);
  }
}
