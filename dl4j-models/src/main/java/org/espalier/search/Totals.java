package org.espalier.search;

import java.nio.DoubleBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The round's sums, folded: float64 in item order inside a group, float32 on the way, float64 in
 * group order on the driver. The order is fixed by the plan, so the bits are too.
 */
public final class Totals {
  private final SumShape shape;
  private final Map<String, double[]> sums;
  private final Map<String, Integer> counts;

  /**
   * Sums that were folded.
   *
   * @param shape the blocks there are
   * @param sums by the names of those blocks that something was added to
   * @param counts how many items added to each of them
   */
  public Totals(SumShape shape, Map<String, double[]> sums, Map<String, Integer> counts) {
    this.shape = shape;
    this.sums = new TreeMap<>(sums);
    this.counts = new TreeMap<>(counts);
  }

  /**
   * Those blocks whose names begin with a prefix, without it.
   *
   * @param part the blocks there are then
   */
  public Totals part(String prefix, SumShape part) {
    Map<String, double[]> partSums = new TreeMap<>();
    Map<String, Integer> partCounts = new TreeMap<>();
    for (SumShape.Block block : part.blocks()) {
      String name = prefix + block.name();
      if (sums.containsKey(name)) {
        partSums.put(block.name(), sums.get(name));
        partCounts.put(block.name(), counts.getOrDefault(name, 0));
      }
    }
    return new Totals(part, partSums, partCounts);
  }

  /** The blocks there are. */
  public SumShape shape() {
    return shape;
  }

  /** How many items added to a block: none means that its sum is zero everywhere. */
  public int contributions(String name) {
    check(name);
    return counts.getOrDefault(name, 0);
  }

  /** A read-only view of a block's sum. */
  public DoubleBuffer of(String name) {
    int length = check(name);
    double[] values = sums.get(name);
    return DoubleBuffer.wrap(values == null ? new double[length] : values).asReadOnlyBuffer();
  }

  private int check(String name) {
    return shape.blocks().stream()
        .filter(block -> block.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no sum is called '%s'; there are %s".formatted(name, shape.blocks())))
        .length();
  }
}
