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
    private final int length;
    private int contributions;

    /** What the only item added: most groups have one, and it travels as it is. */
    private float[] only;

    private double[] values;

    private Sum(int length) {
      this.length = length;
    }

    private double[] values() {
      if (values == null) {
        values = new double[length];
        if (only != null) {
          add(only, length, 0);
          only = null;
        }
      }
      return values;
    }

    private void add(float[] more, int count, int at) {
      double[] to = values;
      for (int i = 0; i < count; i++) {
        to[at + i] += more[i];
      }
    }

    private void round(int at, float[] to, int count) {
      float[] one = only;
      double[] sum = values;
      for (int i = 0; i < count; i++) {
        // As a sum that begins with 0, which has no -0.
        to[i] = one != null ? 0f + one[at + i] : (float) sum[at + i];
      }
    }
  }

  /** Adds what one item adds to a block, which is not to be changed any more. */
  void add(int block, float[] values) {
    Sum sum = sum(block, values.length, 1);
    if (sum.contributions == 1) {
      sum.only = values;
    } else {
      sum.values();
      sum.add(values, values.length, 0);
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
    sum.values();
    float[] chunk = new float[Math.min(CHUNK, values.remaining())];
    int at = 0;
    while (values.hasRemaining()) {
      int length = Math.min(chunk.length, values.remaining());
      values.get(chunk, 0, length);
      sum.add(chunk, length, at);
      at += length;
    }
  }

  private Sum sum(int block, int length, int contributions) {
    Sum sum = sums.computeIfAbsent(block, missing -> new Sum(length));
    if (sum.length != length) {
      throw new IllegalArgumentException(
          "sum %d has %d values, %d were added".formatted(block, sum.length, length));
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
    return sums.get(block).length;
  }

  int contributions(int block) {
    return sums.get(block).contributions;
  }

  /** Writes a block's sum, rounded to float32. */
  void round(int block, FloatBuffer to) {
    Sum sum = sums.get(block);
    float[] chunk = new float[Math.min(CHUNK, sum.length)];
    for (int at = 0; at < sum.length; at += chunk.length) {
      int length = Math.min(chunk.length, sum.length - at);
      sum.round(at, chunk, length);
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
          values.put(name, sum.values());
          contributions.put(name, sum.contributions);
        });
    return new Totals(shape, values, contributions);
  }
}
