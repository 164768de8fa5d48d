package org.espalier.search.cell;

import java.util.Arrays;
import org.espalier.search.space.CostModel;

/**
 * What the paths of a stage compute for an image, in multiply-accumulates.
 *
 * @param drawn a uniformly drawn candidate, on average
 * @param whole all options of all choices at once
 */
record StageWork(long drawn, long whole) {
  /**
   * Of the paths in the race.
   *
   * @param macs of its candidates
   */
  static StageWork of(CostModel macs) {
    double[][] uniform =
        macs.sizes().stream().map(size -> filled(size, 1.0 / size)).toArray(double[][]::new);
    double[][] all = macs.sizes().stream().map(size -> filled(size, 1)).toArray(double[][]::new);
    return new StageWork((long) macs.expected(uniform), (long) macs.expected(all));
  }

  private static double[] filled(int size, double value) {
    double[] row = new double[size];
    Arrays.fill(row, value);
    return row;
  }
}
