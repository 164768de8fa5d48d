package org.espalier.search.width;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one candidate width lies in the shared channels: a matrix {@code P [rows, columns]} whose
 * columns are orthonormal ({@code P^T P = I}), {@code rows} being the shared channels and {@code
 * columns} those of the candidate.
 */
public sealed interface AffineMap {

  /** Shared channels. */
  int rows();

  /** Channels of the candidate, at most {@link #rows}. */
  int columns();

  /** The rows that are not all zero, rising. */
  int[] usedRows();

  /** The entries, row by row, rounded to float32. */
  float[] matrix();

  /** {@code ||this^T other||_F^2}: how much the two candidates share. */
  double overlap(AffineMap other);

  /**
   * A sum of shifted identities: column {@code j} has the factor of each band at the row {@code
   * start + j}, so a product with it is a weighted sum of slices.
   *
   * @param rows shared channels
   * @param columns channels of the candidate
   * @param bands at least one; they share no row, and the squares of their factors add up to 1
   */
  record Banded(int rows, int columns, List<Band> bands) implements AffineMap {
    private static final double ROUNDING = 1e-12;

    public Banded {
      bands = List.copyOf(bands);
      double squares = 0;
      for (int i = 0; i < bands.size(); i++) {
        Band band = bands.get(i);
        squares += band.factor() * band.factor();
        if (band.start() < 0 || band.start() + columns > rows) {
          throw new IllegalArgumentException(
              "%s columns from row %s do not fit into %s rows"
                  .formatted(columns, band.start(), rows));
        }
        for (Band other : bands.subList(0, i)) {
          if (Math.abs(other.start() - band.start()) < columns) {
            throw new IllegalArgumentException("bands share rows: " + bands);
          }
        }
      }
      if (columns < 1 || Math.abs(squares - 1) > ROUNDING) {
        throw new IllegalArgumentException(
            "columns must have length 1, got %s for %s columns".formatted(bands, columns));
      }
    }

    /** One slice: the rows from {@code first} on. */
    static Banded slice(int rows, int columns, int first) {
      return new Banded(rows, columns, List.of(new Band(first, 1)));
    }

    /** All channels as they are. */
    static Banded identity(int channels) {
      return slice(channels, channels, 0);
    }

    @Override
    public int[] usedRows() {
      int[] used = new int[bands.size() * columns];
      int at = 0;
      for (Band band : bands) {
        for (int j = 0; j < columns; j++) {
          used[at++] = band.start() + j;
        }
      }
      Arrays.sort(used);
      return used;
    }

    @Override
    public float[] matrix() {
      float[] entries = new float[rows * columns];
      for (Band band : bands) {
        for (int j = 0; j < columns; j++) {
          entries[(band.start() + j) * columns + j] = (float) band.factor();
        }
      }
      return entries;
    }

    @Override
    public double overlap(AffineMap other) {
      return other instanceof Banded banded ? overlap(banded) : Dense.overlap(this, other);
    }

    /** Entry (x, y) of the product is not 0 where a band of each meets in a row. */
    private double overlap(Banded other) {
      double sum = 0;
      for (int shift = -rows; shift <= rows; shift++) {
        double entry = 0;
        for (Band mine : bands) {
          for (Band theirs : other.bands()) {
            if (mine.start() - theirs.start() == shift) {
              entry += mine.factor() * theirs.factor();
            }
          }
        }
        int count = Math.min(columns, other.columns() - shift) - Math.max(0, -shift);
        sum += entry * entry * Math.max(0, count);
      }
      return sum;
    }
  }

  /**
   * A scaled identity within a {@link Banded} map.
   *
   * @param start the row of the first column, at least 0
   * @param factor in [-1, 1]
   */
  record Band(int start, double factor) {}

  /** Any matrix. */
  final class Dense implements AffineMap {
    private final int rows;
    private final int columns;
    private final float[] entries;

    /**
     * Copies the entries.
     *
     * @param rows shared channels
     * @param columns channels of the candidate
     * @param entries row by row
     */
    public Dense(int rows, int columns, float... entries) {
      if (columns < 1 || columns > rows || entries.length != rows * columns) {
        throw new IllegalArgumentException(
            "a map [%s, %s] cannot have %s entries".formatted(rows, columns, entries.length));
      }
      this.rows = rows;
      this.columns = columns;
      this.entries = entries.clone();
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public int columns() {
      return columns;
    }

    /** All of them: learned entries are hardly ever exactly 0. */
    @Override
    public int[] usedRows() {
      return IntStream.range(0, rows()).toArray();
    }

    @Override
    public float[] matrix() {
      return entries.clone();
    }

    @Override
    public double overlap(AffineMap other) {
      return overlap(this, other);
    }

    private static double overlap(AffineMap left, AffineMap right) {
      float[] mine = left.matrix();
      float[] theirs = right.matrix();
      double[] product = new double[left.columns() * right.columns()];
      for (int row = 0; row < left.rows(); row++) {
        for (int x = 0; x < left.columns(); x++) {
          double entry = mine[row * left.columns() + x];
          for (int y = 0; y < right.columns(); y++) {
            product[x * right.columns() + y] += entry * theirs[row * right.columns() + y];
          }
        }
      }
      double sum = 0;
      for (double entry : product) {
        sum += entry * entry;
      }
      return sum;
    }
  }
}
