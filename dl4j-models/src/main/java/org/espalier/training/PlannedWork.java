package org.espalier.training;

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
   * @throws ArithmeticException if the result does not fit
   */
  public static long training(long images, long macs) {
    return Math.multiplyExact(3, evaluation(images, macs));
  }

  /**
   * Forward over images: {@code images x macs}.
   *
   * @throws ArithmeticException if the result does not fit
   */
  public static long evaluation(long images, long macs) {
    return Math.multiplyExact(images, macs);
  }
}
