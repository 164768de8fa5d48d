package org.espalier.search.policy;

import java.util.Arrays;
import java.util.List;
import org.espalier.storage.Floats;

/** A sum of tables with one number an option, {@code [choice][option]}. */
final class Rows {
  private final double[][] sums;

  private Rows(double[][] sums) {
    this.sums = sums;
  }

  /** A sum that begins with a table times a factor. */
  static Rows scaled(double factor, double[][] table) {
    double[][] sums = new double[table.length][];
    for (int row = 0; row < sums.length; row++) {
      sums[row] = table[row].clone();
      for (int i = 0; i < sums[row].length; i++) {
        sums[row][i] *= factor;
      }
    }
    return new Rows(sums);
  }

  /** Adds a table times a factor. */
  void add(double factor, double[][] table) {
    for (int row = 0; row < sums.length; row++) {
      for (int i = 0; i < sums[row].length; i++) {
        sums[row][i] += factor * table[row][i];
      }
    }
  }

  /** The sum; not copied. */
  double[][] table() {
    return sums;
  }

  /** All numbers, choice after choice. */
  double[] flat() {
    return Arrays.stream(sums).flatMapToDouble(Arrays::stream).toArray();
  }

  /**
   * One number an option as a table.
   *
   * @param sizes options of each choice
   * @param values of all options, choice after choice
   */
  static double[][] of(List<Integer> sizes, Floats values) {
    double[][] table = sizes.stream().map(double[]::new).toArray(double[][]::new);
    int next = 0;
    for (double[] row : table) {
      for (int option = 0; option < row.length; option++) {
        row[option] = values.get(next++);
      }
    }
    return table;
  }

  /**
   * What is left of a table when options are: their numbers, less their mean in each choice, times
   * a factor.
   *
   * @param positions for each choice and each option that is left, the index that it had, or -1 if
   *     it is new, which makes it an average one
   */
  static double[][] left(double[][] table, List<List<Integer>> positions, double factor) {
    double[][] left =
        positions.stream().map(List::size).map(double[]::new).toArray(double[][]::new);
    for (int choice = 0; choice < left.length; choice++) {
      double[] row = table[choice];
      double mean =
          positions.get(choice).stream()
              .filter(position -> position >= 0)
              .mapToDouble(position -> row[position])
              .average()
              .orElse(0);
      for (int option = 0; option < left[choice].length; option++) {
        int position = positions.get(choice).get(option);
        left[choice][option] = position < 0 ? 0 : factor * (row[position] - mean);
      }
    }
    return left;
  }

  /** Numbers of a table, choice after choice, rounded. */
  static Floats floats(double[][] table) {
    double[] flat = Arrays.stream(table).flatMapToDouble(Arrays::stream).toArray();
    float[] values = new float[flat.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) flat[i];
    }
    return Floats.owning(values);
  }

  /** Feedback on gates as a table. */
  static double[][] of(List<List<Double>> gates) {
    return gates.stream()
        .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  /**
   * Refuses logits that are not finite, or not one an option.
   *
   * @param sizes options of each choice, each at least 1
   */
  static void check(List<Integer> sizes, Floats logits) {
    int options = 0;
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException("every choice needs an option, got sizes " + sizes);
      }
      options += size;
    }
    if (options != logits.size()) {
      throw new IllegalArgumentException(
          "sizes %s need %s logits, got %s".formatted(sizes, options, logits.size()));
    }
    for (int i = 0; i < options; i++) {
      if (!Float.isFinite(logits.get(i))) {
        throw new IllegalArgumentException("logit %s is %s".formatted(i, logits.get(i)));
      }
    }
  }
}
