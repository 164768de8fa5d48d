package org.espalier.search.policy;

import org.espalier.storage.Floats;

/**
 * The length of the steps of a stochastic natural gradient, adapted so that the running mean of the
 * directions, of length 1 each, keeps a share that chance alone would not give (Akimoto et al.,
 * ICML 2019): long steps where directions agree, short ones where they do not.
 *
 * @param first length, above 0; usually 1
 * @param divisor by which the length has been adapted, above 0
 * @param mean running mean of the directions
 * @param correction of the mean's squared length, for its beginning at 0
 * @param steps taken
 */
public record StepLength(double first, double divisor, Floats mean, double correction, long steps) {
  /** How much of the mean's squared length counts against the step: below it, steps shrink. */
  private static final double THRESHOLD = 1.5;

  /** Before the first step. */
  static StepLength start(double first, int dimensions) {
    return new StepLength(first, 1, Floats.of(new float[dimensions]), 0, 0);
  }

  /** The length of the next step. */
  double length() {
    return first / divisor;
  }

  /**
   * After a step.
   *
   * @param direction of the step, of length 1
   */
  StepLength after(double[] direction) {
    double rate = Math.min(1, length() / StrictMath.sqrt(direction.length));
    double[] moved = new double[direction.length];
    float[] rounded = new float[direction.length];
    double squares = 0;
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (1 - rate) * mean.get(i) + StrictMath.sqrt(rate * (2 - rate)) * direction[i];
      squares += moved[i] * moved[i];
      rounded[i] = (float) moved[i];
    }
    double corrected = (1 - rate) * (1 - rate) * correction + rate * (2 - rate);
    double next = divisor * StrictMath.exp(rate * (corrected - squares / THRESHOLD));
    return new StepLength(first, next, Floats.of(rounded), corrected, steps + 1);
  }
}
