package org.espalier.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adaptation to a task by a few steps of gradient descent (Finn, Abbeel and Levine, ICML 2017,
 * algorithm 1, step 6): {@code w[k+1] = w[k] - rate * gradient of the support loss at w[k]}.
 *
 * @param steps how many, at least 0
 * @param rate of a step, above 0
 * @param clip largest Euclidean norm of a gradient, above 0; larger ones are scaled down to it
 */
record InnerLoop(int steps, double rate, double clip) {
  /** A loss that has a gradient. */
  @FunctionalInterface
  interface Loss {
    /**
     * The gradient, and the loss.
     *
     * @param weights where
     * @param gradient overwritten
     */
    double gradient(float[] weights, float[] gradient);
  }

  InnerLoop {
    if (steps < 0 || !(rate > 0) || !(clip > 0)) {
      throw new IllegalArgumentException(
          "need steps >= 0, rate > 0 and clip > 0, got %s, %s, %s".formatted(steps, rate, clip));
    }
  }

  /** With one rate for all weights. */
  List<float[]> descend(Loss support, float[] start) {
    float[] ones = new float[start.length];
    Arrays.fill(ones, 1);
    return descend(support, start, ones);
  }

  /**
   * The weights before each step and, last, those after all of them.
   *
   * @param factors on the rate, one a weight
   */
  List<float[]> descend(Loss support, float[] start, float[] factors) {
    List<float[]> path = new ArrayList<>();
    path.add(start);
    float[] gradient = new float[start.length];
    for (int step = 0; step < steps; step++) {
      support.gradient(path.get(step), gradient);
      float by = (float) (rate * shrink(gradient));
      float[] before = path.get(step);
      float[] after = new float[start.length];
      for (int i = 0; i < after.length; i++) {
        after[i] = before[i] - by * factors[i] * gradient[i];
      }
      path.add(after);
    }
    return path;
  }

  private double shrink(float[] gradient) {
    if (clip == Double.POSITIVE_INFINITY) {
      return 1;
    }
    double norm = norm(gradient);
    return norm > clip ? clip / norm : 1;
  }

  static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return StrictMath.sqrt(squares);
  }
}
