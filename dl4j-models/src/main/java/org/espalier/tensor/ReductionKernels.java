package org.espalier.tensor;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums along axes, and gradients spread along them. */
public final class ReductionKernels {
  private ReductionKernels() {}

  /** The sum of all numbers, added in storage order in double precision. */
  public static double sum(Tensor input) {
    double sum = 0;
    for (double value : input.toDoubles()) {
      sum += value;
    }
    return sum;
  }

  /**
   * {@code target = factor * sum of input along one axis}.
   *
   * @param axis from 0
   * @param target as many elements as the other axes make, in their order
   */
  public static void sumAxis(Tensor input, int axis, double factor, Tensor target) {
    INDArray result = around(target, input.shape(), axis);
    folded(input, axis).sum(result, 1);
    if (factor != 1) {
      result.muli(factor);
    }
  }

  /** Overwrites {@code target} with {@code factor * gradient}, repeated along one axis. */
  public static void spreadAxis(Tensor gradient, int axis, double factor, Tensor target) {
    INDArray spread = folded(target, axis);
    // ND4J's tile and broadcast_to need fifty times as long.
    NativeOperation.named("reduce_sum_bp")
        .integers(1)
        .run(List.of(spread, around(gradient, target.shape(), axis)), List.of(spread));
    if (factor != 1) {
      spread.muli(factor);
    }
  }

  /**
   * Overwrites {@code target [..., c]} with {@code gradient [c]}, repeated.
   *
   * @param gradient {@code [c]}
   */
  public static void spreadRows(Tensor gradient, Tensor target) {
    INDArray spread = target.matrix();
    NativeOperation.named("reduce_sum_bp")
        .integers(0)
        .run(List.of(spread, gradient.array().reshape(gradient.size())), List.of(spread));
  }

  /** A tensor as {@code [axes before, the axis, axes behind]}. */
  private static INDArray folded(Tensor tensor, int axis) {
    long behind = behind(tensor.shape(), axis);
    long size = tensor.shape().dimension(axis);
    return tensor.array().reshape('c', tensor.size() / size / behind, size, behind);
  }

  /** A tensor that has lost an axis, as {@code [axes before, axes behind]}. */
  private static INDArray around(Tensor tensor, Shape full, int axis) {
    long behind = behind(full, axis);
    return tensor.array().reshape('c', tensor.size() / behind, behind);
  }

  private static long behind(Shape shape, int axis) {
    long behind = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      behind *= shape.dimension(i);
    }
    return behind;
  }
}
