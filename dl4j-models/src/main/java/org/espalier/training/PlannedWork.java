package org.espalier.training;

import org.espalier.text.InputException;

/**
 * Multiply-accumulates that work is planned to take. A backward pass counts as two forward passes;
 * methods are compared at equal sums.
 */
public final class PlannedWork {
  private PlannedWork() {}

  /**
   * Forward and backward over images: {@code images x 3 x macs}.
   *
   * @param images how many, each counted as often as it is seen
   * @param macs multiply-accumulates of the network for one image
   * @throws InputException if that is more than can be counted
   */
  public static long training(long images, long macs) {
    long forward = evaluation(images, macs);
    return sum(forward, sum(forward, forward));
  }

  /**
   * Forward over images: {@code images x macs}.
   *
   * @throws InputException if that is more than can be counted
   */
  public static long evaluation(long images, long macs) {
    try {
      return Math.multiplyExact(images, macs);
    } catch (ArithmeticException e) {
      throw tooMuch(e);
    }
  }

  /**
   * Work after other work.
   *
   * @throws InputException if that is more than can be counted
   */
  public static long sum(long first, long second) {
    try {
      return Math.addExact(first, second);
    } catch (ArithmeticException e) {
      throw tooMuch(e);
    }
  }

  // Settings decide how much work there is; nobody could wait for so much.
  private static InputException tooMuch(ArithmeticException cause) {
    return new InputException(
        "the planned work is above 9.2e18 multiply-accumulates; plan fewer epochs, rounds or"
            + " candidates, or a smaller network",
        cause);
  }
}
