package org.espalier.meta;

import java.util.Optional;
import java.util.TreeMap;
import org.espalier.search.Sums;

/** Adds up what the tasks of an item contribute: float64, in the order of the tasks. */
final class SumOfSums {
  private final TreeMap<String, double[]> blocks = new TreeMap<>();

  void add(Sums sums) {
    for (String name : sums.names()) {
      Optional<float[]> values = sums.values(name);
      double[] total = blocks.computeIfAbsent(name, any -> new double[values.orElseThrow().length]);
      for (int i = 0; i < total.length; i++) {
        total[i] += values.orElseThrow()[i];
      }
    }
  }

  Sums total() {
    Sums total = Sums.NONE;
    for (var block : blocks.entrySet()) {
      float[] values = new float[block.getValue().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) block.getValue()[i];
      }
      total = total.and(block.getKey(), values);
    }
    return total;
  }
}
