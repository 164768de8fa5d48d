package org.espalier.search.policy;

import java.util.Arrays;

/**
 * A natural gradient of the probabilities of independent choices, in coordinates in which the
 * Fisher information is the identity, so that lengths mean the same everywhere (Akimoto et al.,
 * ICML 2019). The last probability of a choice follows from the others.
 */
final class NaturalDirection {
  private static final double EPSILON = 1e-9;

  private final double[][] probabilities;
  private final double[][] gradient;
  private final double[] scaled;
  private final double length;

  /**
   * A direction.
   *
   * @param probabilities {@code [choice][option]}, above 0 where there is more than one option
   * @param gradient likewise, summing to 0 in each choice
   */
  NaturalDirection(double[][] probabilities, double[][] gradient) {
    this.probabilities = probabilities;
    this.gradient = gradient;
    scaled = new double[Arrays.stream(probabilities).mapToInt(row -> row.length - 1).sum()];
    int next = 0;
    for (int choice = 0; choice < gradient.length; choice++) {
      int last = gradient[choice].length - 1;
      double sum = 0;
      for (int option = 0; option < last; option++) {
        sum += gradient[choice][option];
      }
      double rest = probabilities[choice][last] + StrictMath.sqrt(probabilities[choice][last]);
      for (int option = 0; option < last; option++) {
        double root = StrictMath.sqrt(probabilities[choice][option]);
        scaled[next++] = gradient[choice][option] / root + root * sum / rest;
      }
    }
    double squares = 0;
    for (double each : scaled) {
      squares += each * each;
    }
    length = StrictMath.sqrt(squares) + EPSILON;
  }

  /** The direction, of length 1. */
  double[] unit() {
    return Arrays.stream(scaled).map(each -> each / length).toArray();
  }

  /**
   * The probabilities after a step. None falls below {@code 1 / (choices (options - 1))}, choices
   * with one option not counted, so that each option is drawn now and then; where that is more than
   * half of an equal share, not below half an equal share.
   *
   * @param by length of the step
   */
  double[][] moved(double by) {
    long choices = Arrays.stream(probabilities).filter(row -> row.length > 1).count();
    double[][] moved = new double[probabilities.length][];
    for (int choice = 0; choice < moved.length; choice++) {
      double[] row = probabilities[choice].clone();
      if (row.length > 1) {
        for (int option = 0; option < row.length; option++) {
          row[option] += by / length * gradient[choice][option];
        }
        restrict(row, Math.min(1.0 / (choices * (row.length - 1.0)), 0.5 / row.length));
      }
      moved[choice] = row;
    }
    return moved;
  }

  /** Raises what is too small, and takes that from the others. */
  private static void restrict(double[] row, double least) {
    double sum = 0;
    for (int option = 0; option < row.length; option++) {
      row[option] = Math.max(least, row[option]);
      sum += row[option];
    }
    double share = (sum - 1) / (sum - least * row.length);
    double after = 0;
    for (int option = 0; option < row.length; option++) {
      row[option] -= share * (row[option] - least);
      after += row[option];
    }
    for (int option = 0; option < row.length; option++) {
      row[option] /= after;
    }
  }
}
