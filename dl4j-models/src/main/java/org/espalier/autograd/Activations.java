package org.espalier.autograd;

import org.espalier.tensor.ElementwiseKernels;
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
}
