package org.espalier.search.supernet;

import java.nio.DoubleBuffer;
import java.util.function.IntUnaryOperator;
import org.espalier.search.Totals;
import org.espalier.storage.Floats;

/**
 * The driver's step on a shared vector: mean differences of items are pseudo-gradients of a descent
 * with momentum.
 *
 * @param values of the vector
 * @param velocity of the values
 */
public record SharedDescent(Floats values, Floats velocity) {
  /** How many items used each number of a block, where they use different parts of it. */
  @FunctionalInterface
  public interface Users {
    /**
     * Items that used each number of a block, by its index in the block.
     *
     * @param items that added to the block
     */
    IntUnaryOperator of(SharedLayout.Range block, int items);
  }

  /**
   * The vector after a round. Each number's mean is over the items that used it; what none used
   * stays, its velocity too.
   *
   * @param totals sums of the items' differences, by block
   * @param momentum in [0, 1)
   */
  public SharedDescent stepped(
      SharedLayout layout, Totals totals, Users coverage, double momentum) {
    float[] moved = values.toArray();
    float[] speed = velocity.toArray();
    for (SharedLayout.Range block : layout.blocks()) {
      int items = totals.contributions(block.name());
      if (items > 0) {
        DoubleBuffer sum = totals.of(block.name());
        IntUnaryOperator users = coverage.of(block, items);
        for (int i = 0; i < block.length(); i++) {
          int count = users.applyAsInt(i);
          if (count > 0) {
            int at = block.start() + i;
            speed[at] = (float) (momentum * speed[at] + sum.get(i) / count);
            moved[at] += speed[at];
          }
        }
      }
    }
    return new SharedDescent(Floats.owning(moved), Floats.owning(speed));
  }
}
