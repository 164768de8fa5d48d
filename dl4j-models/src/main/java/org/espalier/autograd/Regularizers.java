package org.espalier.autograd;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.tensor.BroadcastKernels;
import org.espalier.tensor.ElementwiseKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * Noise for training. What is kept is divided by the chance of being kept, so that the expected
 * value stays; evaluation simply leaves these operations out. A rate of 0 draws no numbers.
 */
public final class Regularizers {
  private Regularizers() {}

  /**
   * Sets each number to zero by chance (Srivastava et al., JMLR 2014).
   *
   * @param rate chance of being dropped, in [0, 1)
   * @param random draws one number per element, in storage order
   */
  public static Variable dropout(Variable x, double rate, RandomGenerator random) {
    checkRate(rate);
    if (rate == 0) {
      return x;
    }
    Tape tape = x.tape();
    double[] factors = new double[Math.toIntExact(x.shape().size())];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factor(rate, random);
    }
    Tensor mask = tape.allocate(x.shape());
    mask.set(factors);
    Tensor value = tape.allocate(x.shape());
    ElementwiseKernels.multiply(x.value(), mask, value);
    return tape.recordSaving(
        value,
        gradient -> x.addGradient(target -> ElementwiseKernels.multiply(gradient, mask, target)),
        List.of(mask),
        x);
  }

  /**
   * Sets whole examples to zero by chance, on a path beside which another one goes on (Huang et
   * al., ECCV 2016; Larsson et al., ICLR 2017).
   *
   * @param x {@code [batch, ..., c]}
   * @param rate chance of being dropped, in [0, 1)
   * @param random draws one number per example
   */
  public static Variable dropPath(Variable x, double rate, RandomGenerator random) {
    checkRate(rate);
    if (rate == 0) {
      return x;
    }
    Tape tape = x.tape();
    int batch = x.shape().dimension(0);
    int channels = x.shape().rank() == 1 ? 1 : x.shape().channels();
    // One factor per channel, all equal: repeating along the places alone is the fast way.
    double[] factors = new double[batch * channels];
    for (int example = 0; example < batch; example++) {
      double factor = factor(rate, random);
      Arrays.fill(factors, example * channels, (example + 1) * channels, factor);
    }
    Tensor gate = tape.allocate(Shape.of(batch, channels));
    gate.set(factors);
    Tensor value = tape.allocate(x.shape());
    BroadcastKernels.multiplyGate(x.value(), gate, value);
    return tape.recordSaving(
        value,
        gradient -> x.addGradient(target -> BroadcastKernels.multiplyGate(gradient, gate, target)),
        List.of(gate),
        x);
  }

  private static double factor(double rate, RandomGenerator random) {
    return random.nextDouble() < rate ? 0 : 1 / (1 - rate);
  }

  private static void checkRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("a drop rate must be in [0, 1), got " + rate);
    }
  }
}
