package org.espalier.latency;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.cost.LatencyTable;

/**
 * Learns from whole networks how to correct sums of operations. Runtimes compute some operations on
 * the way to others, such as sums after convolutions, and some once for several readers, so that
 * kinds of operations count with factors. Between different operations there is time that copies of
 * one, by which they are measured, do not take: an overhead for each, by kind. What a call takes
 * besides the operations is measured on a network that does nothing, and counts with a factor too.
 *
 * <p>Least squares of the relative errors with nothing below 0, in two steps: one factor for all
 * kinds, then a factor and an overhead for each kind and a factor of the call, held to that, to 0
 * and to 1 by a penalty ({@value #PENALTY} times the squared difference, overheads counted in mean
 * times of their kind), so that kinds whose times hardly differ between networks stay there.
 */
final class CorrectionFit {
  private static final double PENALTY = 0.01;
  private static final int SWEEPS = 2000;

  private CorrectionFit() {}

  /**
   * A network.
   *
   * @param kinds its operations by kind
   * @param measured microseconds of the whole
   */
  record Sample(Map<String, Operations> kinds, double measured) {

    /** A network's operations by signature, those that occur several times as often. */
    static Sample of(List<String> signatures, Map<String, LatencyTable.Time> times, double whole) {
      Map<String, Operations> kinds = new TreeMap<>();
      for (String signature : signatures) {
        kinds.merge(
            LatencyTable.kind(signature),
            new Operations(1, times.get(signature).microseconds()),
            Operations::plus);
      }
      return new Sample(kinds, whole);
    }

    Operations of(String kind) {
      return kinds.getOrDefault(kind, Operations.NONE);
    }
  }

  /**
   * Operations of a kind.
   *
   * @param count how many
   * @param microseconds of all
   */
  record Operations(int count, double microseconds) {
    static final Operations NONE = new Operations(0, 0);

    Operations plus(Operations other) {
      return new Operations(count + other.count, microseconds + other.microseconds);
    }

    double mean() {
      return microseconds / count;
    }
  }

  /**
   * The correction that some networks ask for; without networks none but the call.
   *
   * @param call microseconds of every network besides its operations
   * @param samples networks
   */
  static LatencyTable.Correction of(double call, List<Sample> samples) {
    Map<String, Operations> all = new TreeMap<>();
    samples.forEach(
        sample -> sample.kinds().forEach((kind, each) -> all.merge(kind, each, Operations::plus)));
    if (all.isEmpty()) {
      return new LatencyTable.Correction(call, Map.of(), Map.of(), 0);
    }
    double[] targets = samples.stream().mapToDouble(each -> 1 - call / each.measured()).toArray();
    double[] ones = new double[samples.size()];
    Arrays.fill(ones, 1);
    double[][] together = new double[samples.size()][1];
    double[][] apart = new double[samples.size()][2 * all.size() + 1];
    for (int i = 0; i < apart.length; i++) {
      Sample sample = samples.get(i);
      apart[i][2 * all.size()] = call / sample.measured();
      int column = 0;
      for (Map.Entry<String, Operations> kind : all.entrySet()) {
        Operations operations = sample.of(kind.getKey());
        double share = operations.microseconds() / sample.measured();
        together[i][0] += share;
        apart[i][column] = share;
        apart[i][column + all.size()] =
            operations.count() * kind.getValue().mean() / sample.measured();
        column++;
      }
    }
    double[] start = new double[2 * all.size() + 1];
    start[2 * all.size()] = 1;
    double factor = leastSquares(together, targets, new double[] {1}, 0)[0];
    Arrays.fill(start, 0, all.size(), factor);
    double[] found = leastSquares(apart, ones, start, PENALTY);
    Map<String, Double> factors = new TreeMap<>();
    Map<String, Double> overheads = new TreeMap<>();
    int column = 0;
    for (Map.Entry<String, Operations> kind : all.entrySet()) {
      factors.put(kind.getKey(), found[column]);
      overheads.put(kind.getKey(), found[column + all.size()] * kind.getValue().mean());
      column++;
    }
    return new LatencyTable.Correction(
        call * found[2 * all.size()], factors, overheads, samples.size());
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
