package org.espalier.search.policy;

import java.util.random.RandomGenerator;
import org.espalier.settings.Checks;
import org.espalier.storage.Floats;

/**
 * A small network {@code c(x) = w2 . tanh(W1 (2x - 1) + b1) + b2}, which follows rewards of relaxed
 * samples so that the estimator that subtracts it varies less (Grathwohl et al., "Backpropagation
 * through the Void", ICLR 2018). Its derivatives are written out, those of its slope by its values
 * too.
 *
 * @param inputs length of {@code x}, at least 1
 * @param hidden values, at least 1
 * @param values {@code W1} row by row, {@code b1}, {@code w2}, {@code b2}
 */
public record ControlVariate(int inputs, int hidden, Floats values) {
  public ControlVariate {
    Checks.atLeast("inputs", 1, inputs);
    Checks.atLeast("hidden", 1, hidden);
    if (values.size() != size(inputs, hidden)) {
      throw new IllegalArgumentException(
          "%s inputs and %s hidden values need %s values, got %s"
              .formatted(inputs, hidden, size(inputs, hidden), values.size()));
    }
  }

  private static int size(int inputs, int hidden) {
    return hidden * (inputs + 2) + 1;
  }

  /** Zero everywhere, with hidden values that differ. */
  static ControlVariate start(int inputs, int hidden, RandomGenerator random) {
    float[] values = new float[size(inputs, hidden)];
    double scale = 1 / StrictMath.sqrt(inputs);
    for (int i = 0; i < inputs * hidden; i++) {
      values[i] = (float) (scale * (2 * random.nextDouble() - 1));
    }
    return new ControlVariate(inputs, hidden, Floats.of(values));
  }

  /** The network at one place. */
  Point at(double[] x) {
    return new Point(x);
  }

  /** The network at one place, and its derivatives there. */
  final class Point {
    private final double[] scaled = new double[inputs];
    private final double[] tanh = new double[hidden];

    private Point(double[] x) {
      for (int i = 0; i < inputs; i++) {
        scaled[i] = 2 * x[i] - 1;
      }
      for (int j = 0; j < hidden; j++) {
        double sum = values.get(inputs * hidden + j);
        for (int i = 0; i < inputs; i++) {
          sum += first(j, i) * scaled[i];
        }
        tanh[j] = StrictMath.tanh(sum);
      }
    }

    private double first(int unit, int input) {
      return values.get(unit * inputs + input);
    }

    private double second(int unit) {
      return values.get((inputs + 1) * hidden + unit);
    }

    /** The network's value. */
    double value() {
      double sum = values.get(values.size() - 1);
      for (int j = 0; j < hidden; j++) {
        sum += second(j) * tanh[j];
      }
      return sum;
    }

    /** Derivative by {@code x}. */
    double[] slope() {
      double[] slope = new double[inputs];
      for (int j = 0; j < hidden; j++) {
        double factor = 2 * second(j) * (1 - tanh[j] * tanh[j]);
        for (int i = 0; i < inputs; i++) {
          slope[i] += factor * first(j, i);
        }
      }
      return slope;
    }

    /**
     * Adds the derivative of {@link #value} by the network's values.
     *
     * @param sum one number a value
     */
    void addValueGradient(double factor, double[] sum) {
      for (int j = 0; j < hidden; j++) {
        double back = factor * second(j) * (1 - tanh[j] * tanh[j]);
        for (int i = 0; i < inputs; i++) {
          sum[j * inputs + i] += back * scaled[i];
        }
        sum[inputs * hidden + j] += back;
        sum[(inputs + 1) * hidden + j] += factor * tanh[j];
      }
      sum[sum.length - 1] += factor;
    }

    /**
     * Adds the derivative of {@code slope . direction} by the network's values.
     *
     * @param direction one number an input
     * @param sum one number a value
     */
    void addSlopeGradient(double factor, double[] direction, double[] sum) {
      for (int j = 0; j < hidden; j++) {
        double along = 0;
        for (int i = 0; i < inputs; i++) {
          along += 2 * first(j, i) * direction[i];
        }
        double bend = 1 - tanh[j] * tanh[j];
        double back = factor * second(j) * along * -2 * tanh[j] * bend;
        for (int i = 0; i < inputs; i++) {
          sum[j * inputs + i] += factor * second(j) * bend * 2 * direction[i] + back * scaled[i];
        }
        sum[inputs * hidden + j] += back;
        sum[(inputs + 1) * hidden + j] += factor * bend * along;
      }
    }
  }
}
