package org.espalier.latency;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.cost.LatencyTable;

/**
 * Learns from whole networks how to correct sums of operations. Runtimes compute some operations on
 * the way to others, such as sums after convolutions, and some once for several readers, so that
 * kinds of operations count with factors. What a call takes besides the operations is measured.
 *
 * <p>Least squares of the relative errors with factors of at least 0, in two steps: one factor for
 * all kinds, then one for each kind, held to that by a penalty ({@value #PENALTY} times the squared
 * difference), so that kinds whose times hardly differ between networks stay at it.
 */
final class CorrectionFit {
  private static final double PENALTY = 0.03;
  private static final int SWEEPS = 2000;

  private CorrectionFit() {}

  /**
   * A network.
   *
   * @param kinds microseconds of its operations by kind
   * @param measured microseconds of the whole
   */
  record Sample(Map<String, Double> kinds, double measured) {

    /** A network's operations by signature, those that occur several times as often. */
    static Sample of(List<String> signatures, Map<String, LatencyTable.Time> times, double whole) {
      Map<String, Double> kinds = new TreeMap<>();
      for (String signature : signatures) {
        kinds.merge(LatencyTable.kind(signature), times.get(signature).microseconds(), Double::sum);
      }
      return new Sample(kinds, whole);
    }
  }

  /**
   * The correction that some networks ask for; without networks no factors.
   *
   * @param call microseconds of every network besides its operations
   * @param samples networks
   */
  static LatencyTable.Correction of(double call, List<Sample> samples) {
    TreeSet<String> kinds = new TreeSet<>();
    samples.forEach(sample -> kinds.addAll(sample.kinds().keySet()));
    if (kinds.isEmpty()) {
      return new LatencyTable.Correction(call, Map.of(), 0);
    }
    double[] targets = samples.stream().mapToDouble(each -> 1 - call / each.measured()).toArray();
    double[][] together = new double[samples.size()][1];
    double[][] apart = new double[samples.size()][kinds.size()];
    for (int i = 0; i < apart.length; i++) {
      Sample sample = samples.get(i);
      int column = 0;
      for (String kind : kinds) {
        double share = sample.kinds().getOrDefault(kind, 0.0) / sample.measured();
        together[i][0] += share;
        apart[i][column++] = share;
      }
    }
    double[] start = new double[kinds.size()];
    Arrays.fill(start, leastSquares(together, targets, new double[] {1}, 0)[0]);
    double[] found = leastSquares(apart, targets, start, PENALTY);
    Map<String, Double> factors = new TreeMap<>();
    int column = 0;
    for (String kind : kinds) {
      factors.put(kind, found[column++]);
    }
    return new LatencyTable.Correction(call, factors, samples.size());
  }

  /**
   * Minimises {@code sum over rows of (target - row * x)^2 + penalty * sum over k of (x_k -
   * start_k)^2} over {@code x >= 0}, by exact steps in one coordinate after the other.
   */
  private static double[] leastSquares(
      double[][] rows, double[] targets, double[] start, double penalty) {
    double[] x = start.clone();
    double[] rest = targets.clone();
    for (int i = 0; i < rest.length; i++) {
      for (int k = 0; k < x.length; k++) {
        rest[i] -= rows[i][k] * x[k];
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int k = 0; k < x.length; k++) {
        double slope = penalty * (start[k] - x[k]);
        double curvature = penalty;
        for (int i = 0; i < rest.length; i++) {
          slope += rows[i][k] * rest[i];
          curvature += rows[i][k] * rows[i][k];
        }
        double step = curvature == 0 ? 0 : Math.max(-x[k], slope / curvature);
        x[k] += step;
        for (int i = 0; i < rest.length; i++) {
          rest[i] -= rows[i][k] * step;
        }
      }
    }
    return x;
  }
}
