package org.espalier.search.rounds;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.search.SumShape;
import org.espalier.search.Totals;

/**
 * Sums of blocks in float64, in the order in which things are added. Every level of folding uses
 * it: items inside a group, groups inside a result, results on the driver.
 */
final class SumFold {
  private static final int CHUNK = 4096;

  private final SortedMap<Integer, Sum> sums = new TreeMap<>();

  /** The sum of one block and how many items added to it. */
  private static final class Sum {
    private final double[] values;
    private int contributions;

    private Sum(int length) {
      values = new double[length];
    }
  }

  /** Adds what one item adds to a block. */
  void add(int block, float[] values) {
    Sum sum = sum(block, values.length, 1);
    for (int i = 0; i < values.length; i++) {
      sum.values[i] += values[i];
    }
  }

  /**
   * Adds what several items add to a block.
   *
   * @param contributions how many items
   * @param values their sum, read from the buffer's position to its limit
   */
  void add(int block, int contributions, FloatBuffer values) {
    Sum sum = sum(block, values.remaining(), contributions);
    float[] chunk = new float[Math.min(CHUNK, values.remaining())];
    int at = 0;
    while (values.hasRemaining()) {
      int length = Math.min(chunk.length, values.remaining());
      values.get(chunk, 0, length);
      for (int i = 0; i < length; i++) {
        sum.values[at + i] += chunk[i];
      }
      at += length;
    }
  }

  private Sum sum(int block, int length, int contributions) {
    Sum sum = sums.computeIfAbsent(block, missing -> new Sum(length));
    if (sum.values.length != length) {
      throw new IllegalArgumentException(
          "sum %d has %d values, %d were added".formatted(block, sum.values.length, length));
    }
    sum.contributions += contributions;
    return sum;
  }

  /** Blocks that something was added to, ascending. */
  Iterable<Integer> blocks() {
    return sums.keySet();
  }

  int count() {
    return sums.size();
  }

  int length(int block) {
    return sums.get(block).values.length;
  }

  int contributions(int block) {
    return sums.get(block).contributions;
  }

  /** Writes a block's sum, rounded to float32. */
  void round(int block, FloatBuffer to) {
    double[] values = sums.get(block).values;
    float[] chunk = new float[Math.min(CHUNK, values.length)];
    for (int at = 0; at < values.length; at += chunk.length) {
      int length = Math.min(chunk.length, values.length - at);
      for (int i = 0; i < length; i++) {
        chunk[i] = (float) values[at + i];
      }
      to.put(chunk, 0, length);
    }
  }

  /** The sums by the names of their blocks, without copying. */
  Totals totals(SumShape shape) {
    Map<String, double[]> values = new TreeMap<>();
    Map<String, Integer> contributions = new TreeMap<>();
    sums.forEach(
        (block, sum) -> {
          String name = shape.blocks().get(block).name();
          values.put(name, sum.values);
          contributions.put(name, sum.contributions);
        });
    return new Totals(shape, values, contributions);
  }
}
