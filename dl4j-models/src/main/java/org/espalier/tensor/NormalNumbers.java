package org.espalier.tensor;

import java.util.random.RandomGenerator;

/**
 * Normally distributed numbers by Marsaglia's polar method (1964) on StrictMath: unlike {@link
 * RandomGenerator#nextGaussian}, it gives the same bits on every Java platform.
 */
public final class NormalNumbers {
  private NormalNumbers() {}

  /**
   * Independent numbers of mean 0.
   *
   * @param count how many, at least 0
   * @param variance of each, at least 0
   * @param random equal generators give equal bits
   */
  public static double[] draw(int count, double variance, RandomGenerator random) {
    double deviation = StrictMath.sqrt(variance);
    double[] values = new double[count];
    for (int i = 0; i < count; i += 2) {
      double x;
      double y;
      double square;
      do {
        x = 2 * random.nextDouble() - 1;
        y = 2 * random.nextDouble() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square == 0);
      double factor = deviation * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      values[i] = x * factor;
      if (i + 1 < count) {
        values[i + 1] = y * factor;
      }
    }
    return values;
  }
}
