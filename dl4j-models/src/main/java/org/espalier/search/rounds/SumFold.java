package org.espalier.search.rounds;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
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
  /** Zeros that part two runs: fewer cost less than a run's beginning does. */
  private static final int GAP = 8;

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
          add(only);
          only = null;
        }
      }
      return values;
    }

    private void add(float[] more) {
      double[] to = values;
      for (int i = 0; i < more.length; i++) {
        to[i] += more[i];
      }
    }

    private float rounded(int i) {
      // As a sum that begins with 0, which has no -0.
      return only != null ? 0f + only[i] : (float) values[i];
    }

    /** Whether adding the number changes nothing. */
    private boolean zero(int i) {
      return Float.floatToRawIntBits(rounded(i)) == 0;
    }
  }

  /** Adds what one item adds to a block, which is not to be changed any more. */
  void add(int block, float[] values) {
    Sum sum = sum(block, values.length, 1);
    if (sum.contributions == 1) {
      sum.only = values;
    } else {
      sum.values();
      sum.add(values);
    }
  }

  /** Adds what several items add to a block. */
  void add(GroupResult.Sum more) {
    double[] to = sum(more.block(), more.length(), more.contributions()).values();
    for (GroupResult.Run run : more.runs()) {
      FloatBuffer values = run.values();
      for (int i = 0; i < values.limit(); i++) {
        to[run.start() + i] += values.get(i);
      }
    }
  }

  private Sum sum(int block, int length, int contributions) {
    Sum sum = sums.computeIfAbsent(block, missing -> new Sum(length));
    if (sum.length != length) {
      throw new IllegalArgumentException(
          "sum %s has %s values, %s were added".formatted(block, sum.length, length));
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

  /**
   * Where a block's sum, rounded to float32, is not zero.
   *
   * @return begin (inclusive) and end (exclusive) of each run, ascending; runs may have a few zeros
   *     inside
   */
  int[] runs(int block) {
    Sum sum = sums.get(block);
    int[] runs = new int[16];
    int count = 0;
    int end = 0;
    for (int i = 0; i < sum.length; i++) {
      if (!sum.zero(i)) {
        if (count == 0 || i - end >= GAP) {
          if (count + 2 > runs.length) {
            runs = Arrays.copyOf(runs, 2 * runs.length);
          }
          runs[count] = i;
          count += 2;
        }
        end = i + 1;
        runs[count - 1] = end;
      }
    }
    return Arrays.copyOf(runs, count);
  }

  /** Writes a stretch of a block's sum, rounded to float32. */
  void round(int block, int begin, int end, ByteBuffer to) {
    Sum sum = sums.get(block);
    for (int i = begin; i < end; i++) {
      to.putFloat(sum.rounded(i));
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
