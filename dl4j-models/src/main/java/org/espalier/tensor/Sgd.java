package org.espalier.tensor;

/**
 * Stochastic gradient descent with momentum (Sutskever et al., ICML 2013) and L2 weight decay:
 * {@code g += decay w; v = momentum v + g; w -= rate (g + momentum v)}, or {@code w -= rate v}
 * without Nesterov.
 *
 * @param momentum in [0, 1); usually 0.9
 * @param nesterov whether to look ahead
 */
public record Sgd(double momentum, boolean nesterov) {
  public Sgd {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1), got " + momentum);
    }
  }

  /**
   * Updates one range; the gradients are overwritten.
   *
   * @param values the range of the weights
   * @param gradients the same range of the gradients
   * @param velocity the same range of the momentum, zeros before the first step
   * @param rate learning rate
   * @param decay weight decay, 0 for none
   */
  public void step(Tensor values, Tensor gradients, Tensor velocity, double rate, double decay) {
    if (decay != 0) {
      ElementwiseKernels.addScaled(decay, values, gradients);
    }
    ElementwiseKernels.scale(momentum, velocity, velocity);
    ElementwiseKernels.addScaled(1, gradients, velocity);
    if (nesterov) {
      ElementwiseKernels.addScaled(momentum, velocity, gradients);
      ElementwiseKernels.addScaled(-rate, gradients, values);
    } else {
      ElementwiseKernels.addScaled(-rate, velocity, values);
    }
  }
}
