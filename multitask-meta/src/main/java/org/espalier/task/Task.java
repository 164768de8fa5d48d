package org.espalier.task;

import java.util.Objects;

/**
 * One task: learn from the support examples, be judged by the query examples.
 *
 * @param support examples to adapt to
 * @param query other examples, to be judged by
 * @param classes how many there are to tell apart; 0 where numbers are wanted
 */
public record Task(Examples support, Examples query, int classes) {
  public Task {
    Objects.requireNonNull(support, "support");
    Objects.requireNonNull(query, "query");
    if (support.inputSize() != query.inputSize()) {
      throw new IllegalArgumentException(
          "support inputs have %s numbers, query inputs %s"
              .formatted(support.inputSize(), query.inputSize()));
    }
    if (classes < 0) {
      throw new IllegalArgumentException("classes must be at least 0, got " + classes);
    }
  }
}
