package org.espalier.training;

import java.util.ArrayList;
import java.util.List;
import org.espalier.settings.Checks;

/**
 * How often each class was taken for which.
 *
 * @param counts {@code [actual][predicted]}, square, at least 0
 */
public record ConfusionMatrix(List<List<Integer>> counts) {
  public ConfusionMatrix {
    counts = counts.stream().map(List::copyOf).toList();
    for (List<Integer> row : counts) {
      if (row.size() != counts.size()) {
        throw new IllegalArgumentException(
            "a confusion matrix is square, got %s rows and a row of %s"
                .formatted(counts.size(), row.size()));
      }
      for (int count : row) {
        Checks.atLeast("count", 0, count);
      }
    }
  }

  /** A matrix out of an array {@code [actual][predicted]}, which is copied. */
  static ConfusionMatrix of(int[][] counts) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      rows.add(java.util.Arrays.stream(row).boxed().toList());
    }
    return new ConfusionMatrix(rows);
  }

  /** How many classes there are. */
  public int classes() {
    return counts.size();
  }

  /** How many examples of one class were taken for another. */
  public int count(int actual, int predicted) {
    return counts.get(actual).get(predicted);
  }

  /** Examples on the diagonal. */
  int correct() {
    int sum = 0;
    for (int i = 0; i < classes(); i++) {
      sum += count(i, i);
    }
    return sum;
  }

  /** The figures of every class, in the order of the classes. */
  public List<ClassFigures> perClass() {
    List<ClassFigures> figures = new ArrayList<>();
    for (int i = 0; i < classes(); i++) {
      int predicted = 0;
      int actual = 0;
      for (int j = 0; j < classes(); j++) {
        predicted += count(j, i);
        actual += count(i, j);
      }
      figures.add(ClassFigures.of(count(i, i), predicted, actual));
    }
    return List.copyOf(figures);
  }

  /**
   * How well one class is recognised; each is a share in [0, 1].
   *
   * @param precision of what was taken for the class, how much is; 0 if nothing was taken for it
   * @param recall of the class, how much was recognised; 0 if it has no examples
   * @param f1 harmonic mean of the two; 0 if both are
   * @param support examples of the class
   */
  public record ClassFigures(double precision, double recall, double f1, int support) {
    static ClassFigures of(int hits, int predicted, int actual) {
      return new ClassFigures(
          share(hits, predicted), share(hits, actual), share(2 * hits, predicted + actual), actual);
    }

    private static double share(int part, int whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }
}
