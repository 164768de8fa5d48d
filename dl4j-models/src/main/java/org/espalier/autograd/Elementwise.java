package org.espalier.autograd;

import org.espalier.tensor.BroadcastKernels;
import org.espalier.tensor.ElementwiseKernels;
import org.espalier.tensor.FunctionKernels;
import org.espalier.tensor.FunctionKernels.Function;
import org.espalier.tensor.MatrixKernels;
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

  /**
   * {@code left * right}. Both have one shape, or one of them is repeated: of size 1; {@code [c]}
   * beside {@code [..., c]}; or {@code [batch, c]} beside {@code [batch, ..., c]}.
   *
   * @return of the larger shape
   */
  public static Variable multiply(Variable left, Variable right) {
    if (left.shape().equals(right.shape())) {
      return multiplyEqual(left, right);
    }
    boolean leftIsLarge =
        left.shape().size() == right.shape().size()
            ? left.shape().rank() > right.shape().rank()
            : left.shape().size() > right.shape().size();
    Variable large = leftIsLarge ? left : right;
    Variable factor = leftIsLarge ? right : left;
    if (factor.shape().size() == 1) {
      return scale(large, factor);
    }
    return multiplyRepeated(large, factor, Repeated.of(large.shape(), factor.shape()));
  }

  private static Variable multiplyEqual(Variable left, Variable right) {
    Tensor value = left.tape().allocate(left.shape());
    ElementwiseKernels.multiply(left.value(), right.value(), value);
    return left.tape()
        .record(
            value,
            gradient -> {
              left.addGradient(
                  target -> ElementwiseKernels.multiply(gradient, right.value(), target));
              right.addGradient(
                  target -> ElementwiseKernels.multiply(gradient, left.value(), target));
            },
            left,
            right);
  }

  private static Variable multiplyRepeated(Variable large, Variable factor, Repeated repeated) {
    Tape tape = large.tape();
    Tensor value = tape.allocate(large.shape());
    repeated.multiply(large.value(), factor.value(), value);
    return tape.record(
        value,
        gradient -> {
          factor.addGradient(
              target -> {
                Tensor products = tape.allocate(large.shape());
                ElementwiseKernels.multiply(gradient, large.value(), products);
                repeated.sum(products, target);
                tape.arena().release(products);
              });
          large.addGradient(target -> repeated.multiply(gradient, factor.value(), target));
        },
        large,
        factor);
  }

  /** How a factor is repeated along a larger tensor. */
  private enum Repeated {
    ROW,
    GATE;

    static Repeated of(Shape large, Shape factor) {
      boolean sameChannels = large.channels() == factor.channels();
      if (sameChannels && factor.rank() == 1) {
        return ROW;
      }
      if (sameChannels && factor.rank() == 2 && large.dimension(0) == factor.dimension(0)) {
        return GATE;
      }
      throw new IllegalArgumentException(
          "shapes %s and %s cannot be multiplied: equal shapes, size 1, [c] or [batch, c] can"
              .formatted(large, factor));
    }

    void multiply(Tensor input, Tensor factor, Tensor output) {
      if (this == ROW) {
        BroadcastKernels.multiplyRow(input, factor, output);
      } else {
        BroadcastKernels.multiplyGate(input, factor, output);
      }
    }

    void sum(Tensor products, Tensor target) {
      if (this == ROW) {
        MatrixKernels.columnSums(products, target);
      } else {
        BroadcastKernels.sumPlaces(products, target);
      }
    }
  }

  /** {@code e^x}. */
  public static Variable exp(Variable x) {
    return apply(Function.EXP, x);
  }

  /**
   * Natural logarithm.
   *
   * @param x above zero; elsewhere the value is not finite
   */
  public static Variable log(Variable x) {
    return apply(Function.LOG, x);
  }

  /** Sine of radians. */
  public static Variable sine(Variable x) {
    return apply(Function.SINE, x);
  }

  /** {@code x^2}. */
  public static Variable square(Variable x) {
    return apply(Function.SQUARE, x);
  }

  static Variable apply(Function function, Variable x) {
    Tensor value = x.tape().allocate(x.shape());
    FunctionKernels.apply(function, x.value(), value);
    return x.tape()
        .record(
            value,
            gradient ->
                x.addGradient(
                    target ->
                        FunctionKernels.gradient(function, x.value(), value, gradient, target)),
            x);
  }

  static void checkEqual(Shape left, Shape right) {
    if (!left.equals(right)) {
      throw new IllegalArgumentException("shapes differ: %s and %s".formatted(left, right));
    }
  }
}
