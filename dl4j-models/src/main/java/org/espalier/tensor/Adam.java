package org.espalier.tensor;

import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1), by ND4J's updater, which adds epsilon before the
 * bias correction of the second moment.
 *
 * @param beta1 decay of the first moment, in [0, 1); usually 0.9
 * @param beta2 decay of the second moment, in [0, 1); usually 0.999
 * @param epsilon above 0; usually 1e-8
 */
public record Adam(double beta1, double beta2, double epsilon) {
  public Adam {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
      throw new IllegalArgumentException(
          "need beta1 and beta2 in [0, 1) and epsilon > 0, got %s, %s, %s"
              .formatted(beta1, beta2, epsilon));
    }
  }

  /** The two running moments of a range, zeros before the first step. */
  public record Moments(Tensor first, Tensor second) {}

  /**
   * Updates one range; the gradients are overwritten.
   *
   * @param values the range of the weights
   * @param gradients the same range of the gradients
   * @param moments the same range of both moments
   * @param step number of this step, from 0
   * @param rate learning rate
   * @param decay L2 weight decay, 0 for none
   */
  public void step(
      Tensor values, Tensor gradients, Moments moments, int step, double rate, double decay) {
    if (decay != 0) {
      gradients.array().addi(values.array().mul(decay));
    }
    Nd4j.exec(
        new AdamUpdater(
            gradients.array(),
            moments.second().array(),
            moments.first().array(),
            rate,
            beta1,
            beta2,
            epsilon,
            step));
    values.array().subi(gradients.array());
  }
}
