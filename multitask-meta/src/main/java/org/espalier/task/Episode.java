package org.espalier.task;

/**
 * One few-shot task: learn {@code ways} classes from the support examples, be judged by the query
 * examples. Labels count from 0 within the task. Examples and labels stand in the same order, class
 * by class.
 */
public final class Episode {
  private final int[] classes;
  private final int[] support;
  private final int[] query;

  /** Takes over the arrays, whose examples stand class by class. */
  Episode(int[] classes, int[] support, int[] query) {
    this.classes = classes;
    this.support = support;
    this.query = query;
  }

  /** What each label of the task is called in the data set. */
  public int[] classes() {
    return classes.clone();
  }

  /** Numbers of the examples to learn from, {@code ways * shots}. */
  public int[] support() {
    return support.clone();
  }

  /** The task's label of each support example. */
  public int[] supportLabels() {
    return labels(support.length);
  }

  /** Numbers of the examples to be judged by, {@code ways * queries}. */
  public int[] query() {
    return query.clone();
  }

  /** The task's label of each query example. */
  public int[] queryLabels() {
    return labels(query.length);
  }

  private int[] labels(int length) {
    int[] labels = new int[length];
    for (int i = 0; i < length; i++) {
      labels[i] = i / (length / classes.length);
    }
    return labels;
  }
}
