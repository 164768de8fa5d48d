package org.espalier.report;

import java.util.List;

/**
 * How often each class was taken for which.
 *
 * @param title what it shows
 * @param classes names
 * @param counts {@code [actual][predicted]}, at least 0
 */
public record Confusion(String title, List<String> classes, List<List<Long>> counts)
    implements Section {
  public Confusion {
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
    int size = classes.size();
    if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException("a confusion matrix needs a row and a column a class");
    }
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.confusion(this);
  }
}
