package org.espalier.search.cell;

/**
 * The second-order gradient of the validation loss by gates (Liu et al., "DARTS", ICLR 2019,
 * equations 6 to 8): at the weights after a step on training data, less what the step itself
 * depends on the gates, by a difference of gradients instead of a Hessian:
 *
 * <pre>{@code
 * w' = w - rate * d_w L_train(w)
 * g  = d_a L_val(w') - rate * (d_a L_train(w + e v) - d_a L_train(w - e v)) / (2 e)
 * v  = d_w L_val(w'),  e = 0.01 / |v|
 * }</pre>
 */
final class Unrolled {
  private static final double DISTANCE = 0.01;

  private Unrolled() {}

  /** Weights that can be moved, with two losses. */
  interface Weights {
    /** Back to where they were. */
    void reset();

    /**
     * Moves them.
     *
     * @param direction one number a weight
     * @param by factor on it
     */
    void move(double[] direction, double by);

    /** Gradients of the training loss where the weights are. */
    Gradients training();

    /** Gradients of the validation loss where the weights are. */
    Gradients validation();
  }

  /** Gradients of a loss. */
  static final class Gradients {
    private final double[] weights;
    private final double[] gates;

    /**
     * Gradients, not copied.
     *
     * @param weights by the weights, with the decay that a step adds
     * @param gates by the gates
     */
    Gradients(double[] weights, double[] gates) {
      this.weights = weights;
      this.gates = gates;
    }
  }

  /**
   * The gradient by the gates. The weights are where they were afterwards.
   *
   * @param rate of the step on training data, at least 0; with 0 it is the first-order gradient
   */
  static double[] gradient(Weights weights, double rate) {
    weights.reset();
    weights.move(weights.training().weights, -rate);
    Gradients after = weights.validation();
    double[] gradient = after.gates.clone();
    double length = length(after.weights);
    if (rate > 0 && length > 0) {
      double distance = DISTANCE / length;
      double[] ahead = trainingGates(weights, after.weights, distance);
      double[] behind = trainingGates(weights, after.weights, -distance);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] -= rate * (ahead[i] - behind[i]) / (2 * distance);
      }
    }
    weights.reset();
    return gradient;
  }

  private static double[] trainingGates(Weights weights, double[] direction, double by) {
    weights.reset();
    weights.move(direction, by);
    return weights.training().gates.clone();
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return StrictMath.sqrt(sum);
  }
}
