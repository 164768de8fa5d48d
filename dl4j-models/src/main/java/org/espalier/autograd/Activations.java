package org.espalier.autograd;

import org.espalier.tensor.ElementwiseKernels;
import org.espalier.tensor.FunctionKernels.Function;
import org.espalier.tensor.SoftmaxKernels;
import org.espalier.tensor.Tensor;

/** Functions between layers. */
public final class Activations {
  private Activations() {}

  /** {@code max(x, 0)}; the slope at zero is zero. */
  public static Variable relu(Variable x) {
    Tensor value = x.tape().allocate(x.shape());
    ElementwiseKernels.relu(x.value(), value);
    return x.tape()
        .record(
            value,
            gradient ->
                x.addGradient(target -> ElementwiseKernels.reluGradient(value, gradient, target)),
            x);
  }

  /**
   * {@code min(max(x, 0), 6)}; the slope at both corners is zero. What is not a number may come out
   * as a corner.
   */
  public static Variable relu6(Variable x) {
    return Elementwise.apply(Function.RELU6, x);
  }

  /** {@code x * relu6(x + 3) / 6} (Howard et al., ICCV 2019, section 5.2). */
  public static Variable hardSwish(Variable x) {
    return Elementwise.apply(Function.HARD_SWISH, x);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static Variable sigmoid(Variable x) {
    return Elementwise.apply(Function.SIGMOID, x);
  }

  /** Hyperbolic tangent. */
  public static Variable tanh(Variable x) {
    return Elementwise.apply(Function.TANH, x);
  }

  /**
   * {@code exp(x) / sum of exp(x)} over the last axis.
   *
   * @param x {@code [..., classes]}
   */
  public static Variable softmax(Variable x) {
    Tensor value = x.tape().allocate(x.shape());
    SoftmaxKernels.softmax(x.value(), value);
    return x.tape()
        .record(
            value,
            gradient ->
                x.addGradient(target -> SoftmaxKernels.softmaxGradient(value, gradient, target)),
            x);
  }

  /**
   * Logarithm of {@link #softmax}, exact where that is almost zero.
   *
   * @param x {@code [..., classes]}
   */
  public static Variable logSoftmax(Variable x) {
    Tensor value = x.tape().allocate(x.shape());
    SoftmaxKernels.logSoftmax(x.value(), value);
    return x.tape()
        .record(
            value,
            gradient ->
                x.addGradient(target -> SoftmaxKernels.logSoftmaxGradient(value, gradient, target)),
            x);
  }
}
