package org.espalier.search.policy;

import org.espalier.storage.Floats;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1) for the few parameters of a distribution: float64
 * arithmetic on the driver's processor, whose result is rounded to float32. Weight decay is added
 * to the gradient.
 *
 * @param learningRate above 0
 * @param beta1 decay of the mean of the gradients, in [0, 1)
 * @param beta2 decay of the mean of their squares, in [0, 1)
 * @param epsilon keeps the division finite, above 0; usually 1e-8
 * @param weightDecay at least 0
 */
public record AdamRule(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
  /** The usual number that keeps the division finite. */
  static final double EPSILON = 1e-8;

  public AdamRule {
    if (!(learningRate > 0
        && beta1 >= 0
        && beta1 < 1
        && beta2 >= 0
        && beta2 < 1
        && epsilon > 0
        && weightDecay >= 0)) {
      throw new IllegalArgumentException(
          ("need learningRate > 0, beta1 and beta2 in [0, 1), epsilon > 0, weightDecay >= 0, got"
                  + " %s, %s, %s, %s, %s")
              .formatted(learningRate, beta1, beta2, epsilon, weightDecay));
    }
  }

  /** Values and moments after a step. */
  public record Stepped(Floats values, AdamMoments moments) {}

  /**
   * One step downhill.
   *
   * @param values to move
   * @param moments of as many values
   * @param gradient of what is to become small, one a value, all finite
   * @throws IllegalArgumentException if sizes differ or a gradient is not finite
   */
  public Stepped step(Floats values, AdamMoments moments, double[] gradient) {
    int size = values.size();
    if (moments.first().size() != size || gradient.length != size) {
      throw new IllegalArgumentException(
          "sizes differ: %s values, %s moments, %s gradients"
              .formatted(size, moments.first().size(), gradient.length));
    }
    long steps = moments.steps() + 1;
    double firstCorrection = 1 - StrictMath.pow(beta1, (double) steps);
    double secondCorrection = 1 - StrictMath.pow(beta2, (double) steps);
    float[] moved = new float[size];
    float[] first = new float[size];
    float[] second = new float[size];
    for (int i = 0; i < size; i++) {
      double slope = gradient[i] + weightDecay * values.get(i);
      if (!Double.isFinite(slope)) {
        throw new IllegalArgumentException("gradient %s is %s".formatted(i, gradient[i]));
      }
      double mean = beta1 * moments.first().get(i) + (1 - beta1) * slope;
      double square = beta2 * moments.second().get(i) + (1 - beta2) * slope * slope;
      double scale = StrictMath.sqrt(square / secondCorrection) + epsilon;
      moved[i] = (float) (values.get(i) - learningRate * (mean / firstCorrection) / scale);
      first[i] = (float) mean;
      second[i] = (float) square;
    }
    return new Stepped(
        Floats.of(moved), new AdamMoments(Floats.of(first), Floats.of(second), steps));
  }
}
