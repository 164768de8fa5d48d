package org.espalier.search.finals;

/**
 * What an item of a {@link FinalsSearch} found.
 *
 * @param <R> results of the method
 */
public sealed interface FinalsResult<R> {
  /**
   * Of the method's own item.
   *
   * @param result as the method gave it
   */
  record Own<R>(R result) implements FinalsResult<R> {}

  /**
   * Of a stretch of a training.
   *
   * @param stretched where it stands
   */
  record Stretched<R>(Training.Standing stretched) implements FinalsResult<R> {}
}
