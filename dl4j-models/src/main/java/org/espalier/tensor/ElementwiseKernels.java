package org.espalier.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Functions of each number by itself. */
public final class ElementwiseKernels {
  private ElementwiseKernels() {}

  /** {@code output = input}. */
  public static void copy(Tensor input, Tensor output) {
    if (Blas.serves(output)) {
      Blas.copy(input, output);
      return;
    }
    output.array().reshape(output.size()).assign(input.array().reshape(input.size()));
  }

  /** {@code output = left + right}. */
  public static void add(Tensor left, Tensor right, Tensor output) {
    if (OneDnn.serves(output)) {
      OneDnnElementwise.add(left, right, output);
      return;
    }
    left.array().addi(right.array(), output.array());
  }

  /** {@code target = target + factor * input}. */
  public static void addScaled(double factor, Tensor input, Tensor target) {
    if (Blas.serves(target)) {
      Blas.addScaled(factor, input, target);
      return;
    }
    if (factor == 1) {
      target.array().addi(input.array());
    } else {
      target.array().addi(input.array().mul(factor));
    }
  }

  /** {@code output = factor * input}; the output may be the input. */
  public static void scale(double factor, Tensor input, Tensor output) {
    if (Blas.serves(output)) {
      if (input != output) {
        Blas.copy(input, output);
      }
      Blas.scale(factor, output);
      return;
    }
    input.array().muli(factor, output.array());
  }

  /** {@code output = left * right}. */
  public static void multiply(Tensor left, Tensor right, Tensor output) {
    if (OneDnn.serves(output)) {
      OneDnnElementwise.multiply(left, right, output);
      return;
    }
    left.array().muli(right.array(), output.array());
  }

  /** {@code sum(left * right)}. */
  public static double dot(Tensor left, Tensor right) {
    if (Blas.serves(left)) {
      return Blas.dot(left, right);
    }
    return left.array().mul(right.array()).sumNumber().doubleValue();
  }

  /** {@code output = max(input, 0)}. */
  public static void relu(Tensor input, Tensor output) {
    if (OneDnn.serves(output)) {
      OneDnnElementwise.relu(input, output);
      return;
    }
    INDArray result = Transforms.relu(input.array(), true);
    output.array().assign(result);
  }

  /**
   * {@code target = gradient where output > 0, else 0}.
   *
   * @param target may be {@code gradient}
   */
  public static void reluGradient(Tensor output, Tensor gradient, Tensor target) {
    if (OneDnn.serves(target)) {
      OneDnnElementwise.reluGradient(output, gradient, target);
      return;
    }
    // An output of ReLU is zero or above, so its sign is the slope.
    INDArray slope = Transforms.sign(output.array(), true);
    gradient.array().muli(slope, target.array());
  }
}
