package org.espalier.autograd;

import org.espalier.tensor.ElementwiseKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Arithmetic on each number by itself. */
public final class Elementwise {
  private Elementwise() {}

  /** {@code left + right}, of one shape. */
  public static Variable add(Variable left, Variable right) {
    checkEqual(left.shape(), right.shape());
    Tensor value = left.tape().allocate(left.shape());
    ElementwiseKernels.add(left.value(), right.value(), value);
    return left.tape()
        .record(
            value,
            gradient -> {
              left.passGradient(gradient);
              right.passGradient(gradient);
            },
            left,
            right);
  }

  /** {@code factor * x} for a fixed factor. */
  public static Variable scale(Variable x, double factor) {
    Tensor value = x.tape().allocate(x.shape());
    ElementwiseKernels.scale(factor, x.value(), value);
    return x.tape()
        .record(
            value,
            gradient -> x.addGradient(target -> ElementwiseKernels.scale(factor, gradient, target)),
            x);
  }

  /**
   * {@code factor * x} for a factor that gets a gradient, such as a mixture weight.
   *
   * @param factor of size 1
   */
  public static Variable scale(Variable x, Variable factor) {
    if (factor.shape().size() != 1) {
      throw new IllegalArgumentException("a factor has size 1, got shape " + factor.shape());
    }
    double number = factor.value().item();
    Tensor value = x.tape().allocate(x.shape());
    ElementwiseKernels.scale(number, x.value(), value);
    return x.tape()
        .record(
            value,
            gradient -> {
              factor.addGradient(
                  target -> target.fill(ElementwiseKernels.dot(x.value(), gradient)));
              x.addGradient(target -> ElementwiseKernels.scale(number, gradient, target));
            },
            x,
            factor);
  }

  static void checkEqual(Shape left, Shape right) {
    if (!left.equals(right)) {
      throw new IllegalArgumentException("shapes differ: %s and %s".formatted(left, right));
    }
  }
}
