package org.espalier.tensor;

/**
 * The part of a long short-term memory that works on each unit by itself. Loops with reproducible
 * exponentials: batches are small here, and one pass does what ten operations would.
 */
public final class RecurrenceKernels {
  private RecurrenceKernels() {}

  /**
   * {@code output = sigmoid(forget) * cell + sigmoid(in) * tanh(fresh)}.
   *
   * @param gates {@code [batch, 4 * units]}: in, forget, fresh, out
   * @param cell {@code [batch, units]}
   * @param saved {@code [batch, 3 * units]}, overwritten with the three gates after their functions
   * @param output {@code [batch, units]}
   */
  public static void cell(Tensor gates, Tensor cell, Tensor saved, Tensor output) {
    int units = cell.shape().channels();
    double[] from = gates.toDoubles();
    double[] before = cell.toDoubles();
    double[] kept = new double[3 * before.length];
    double[] after = new double[before.length];
    for (int i = 0; i < after.length; i++) {
      int unit = i % units;
      int row = i / units;
      int gate = row * 4 * units + unit;
      int keep = row * 3 * units + unit;
      kept[keep] = sigmoid(from[gate]);
      kept[keep + units] = sigmoid(from[gate + units]);
      kept[keep + 2 * units] = tanh(from[gate + 2 * units]);
      after[i] = kept[keep + units] * before[i] + kept[keep] * kept[keep + 2 * units];
    }
    saved.set(kept);
    output.set(after);
  }

  /** {@code target} = the gradient by the gates of {@link #cell}; those of out are zero. */
  public static void cellGateGradient(Tensor saved, Tensor cell, Tensor gradient, Tensor target) {
    int units = cell.shape().channels();
    double[] kept = saved.toDoubles();
    double[] before = cell.toDoubles();
    double[] slopes = gradient.toDoubles();
    double[] to = new double[4 * before.length];
    for (int i = 0; i < before.length; i++) {
      int unit = i % units;
      int row = i / units;
      int gate = row * 4 * units + unit;
      int keep = row * 3 * units + unit;
      double in = kept[keep];
      double forget = kept[keep + units];
      double fresh = kept[keep + 2 * units];
      to[gate] = slopes[i] * fresh * in * (1 - in);
      to[gate + units] = slopes[i] * before[i] * forget * (1 - forget);
      to[gate + 2 * units] = slopes[i] * in * (1 - fresh * fresh);
    }
    target.set(to);
  }

  /** {@code target} = the gradient by the cell of {@link #cell}. */
  public static void cellGradient(Tensor saved, Tensor gradient, Tensor target) {
    int units = gradient.shape().channels();
    double[] kept = saved.toDoubles();
    double[] slopes = gradient.toDoubles();
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] *= kept[i / units * 3 * units + units + i % units];
    }
    target.set(slopes);
  }

  /**
   * {@code output = sigmoid(out) * tanh(cell)}.
   *
   * @param gates {@code [batch, 4 * units]}: in, forget, fresh, out
   * @param cell {@code [batch, units]}
   * @param saved {@code [batch, 2 * units]}, overwritten with both factors
   * @param output {@code [batch, units]}
   */
  public static void output(Tensor gates, Tensor cell, Tensor saved, Tensor output) {
    int units = cell.shape().channels();
    double[] from = gates.toDoubles();
    double[] values = cell.toDoubles();
    double[] kept = new double[2 * values.length];
    double[] to = new double[values.length];
    for (int i = 0; i < to.length; i++) {
      int unit = i % units;
      int row = i / units;
      int keep = row * 2 * units + unit;
      kept[keep] = sigmoid(from[row * 4 * units + 3 * units + unit]);
      kept[keep + units] = tanh(values[i]);
      to[i] = kept[keep] * kept[keep + units];
    }
    saved.set(kept);
    output.set(to);
  }

  /** {@code target} = the gradient by the gates of {@link #output}; all but those of out zero. */
  public static void outputGateGradient(Tensor saved, Tensor gradient, Tensor target) {
    int units = gradient.shape().channels();
    double[] kept = saved.toDoubles();
    double[] slopes = gradient.toDoubles();
    double[] to = new double[4 * slopes.length];
    for (int i = 0; i < slopes.length; i++) {
      int unit = i % units;
      int row = i / units;
      int keep = row * 2 * units + unit;
      double out = kept[keep];
      to[row * 4 * units + 3 * units + unit] = slopes[i] * kept[keep + units] * out * (1 - out);
    }
    target.set(to);
  }

  /** {@code target} = the gradient by the cell of {@link #output}. */
  public static void outputCellGradient(Tensor saved, Tensor gradient, Tensor target) {
    int units = gradient.shape().channels();
    double[] kept = saved.toDoubles();
    double[] slopes = gradient.toDoubles();
    for (int i = 0; i < slopes.length; i++) {
      int keep = i / units * 2 * units + i % units;
      double squashed = kept[keep + units];
      slopes[i] *= kept[keep] * (1 - squashed * squashed);
    }
    target.set(slopes);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** By one exponential, which is four times faster than {@link StrictMath#tanh}. */
  private static double tanh(double x) {
    return 1 - 2 / (1 + StrictMath.exp(2 * x));
  }
}
