package org.espalier.search.truth;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The mean of some figures and where it would fall if they were drawn again.
 *
 * @param mean of the figures
 * @param low 2.5 % of resampled means are below
 * @param high 2.5 % of resampled means are above
 */
public record Interval(double mean, double low, double high) {
  private static final int RESAMPLES = 10_000;

  /**
   * The percentile bootstrap of the mean (Efron, Annals of Statistics 1979), {@value #RESAMPLES}
   * resamples. For paired figures, give their differences.
   *
   * @param figures at least one
   */
  public static Interval of(List<Double> figures, RandomGenerator random) {
    double[] values = figures.stream().mapToDouble(Double::doubleValue).toArray();
    if (values.length == 0) {
      throw new IllegalArgumentException("an interval needs at least one figure");
    }
    double[] means = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[resample] = sum / values.length;
    }
    Arrays.sort(means);
    int tail = RESAMPLES / 40;
    double mean = Arrays.stream(values).sum() / values.length;
    return new Interval(mean, means[tail], means[RESAMPLES - 1 - tail]);
  }
}
