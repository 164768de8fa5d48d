package org.espalier.autograd;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.espalier.tensor.MatrixKernels;
import org.espalier.tensor.ReductionKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Sums and means. */
public final class Reductions {
  private Reductions() {}

  /** Sum of all numbers, of shape {@code [1]}. */
  public static Variable sum(Variable x) {
    return reduceAll(x, 1);
  }

  /** Mean of all numbers, of shape {@code [1]}. */
  public static Variable mean(Variable x) {
    return reduceAll(x, 1.0 / x.shape().size());
  }

  /**
   * Sum along one axis, which goes; the last one to go leaves {@code [1]}.
   *
   * @param axis from 0; negative axes count from the end, -1 being the last
   */
  public static Variable sum(Variable x, int axis) {
    return reduceAxis(x, axis, size -> 1.0);
  }

  /** Mean along one axis, with the axis as in {@link #sum(Variable, int)}. */
  public static Variable mean(Variable x, int axis) {
    return reduceAxis(x, axis, size -> 1.0 / size);
  }

  /** Sum over all axes but the last: {@code [..., c]} gives {@code [c]}. */
  public static Variable sumRows(Variable x) {
    Tensor value = x.tape().allocate(Shape.of(x.shape().channels()));
    MatrixKernels.columnSums(x.value(), value);
    return x.tape()
        .record(
            value,
            gradient -> x.addGradient(target -> ReductionKernels.spreadRows(gradient, target)),
            x);
  }

  /** Mean over all axes but the last: {@code [..., c]} gives {@code [c]}. */
  public static Variable meanRows(Variable x) {
    return Elementwise.scale(sumRows(x), 1.0 / x.shape().rows());
  }

  private static Variable reduceAll(Variable x, double factor) {
    Tensor value = x.tape().allocate(Shape.of(1));
    value.fill(factor * ReductionKernels.sum(x.value()));
    return x.tape()
        .record(
            value, gradient -> x.addGradient(target -> target.fill(factor * gradient.item())), x);
  }

  private static Variable reduceAxis(Variable x, int axis, IntToDoubleFunction factorOf) {
    int rank = x.shape().rank();
    int from = axis < 0 ? rank + axis : axis;
    if (from < 0 || from >= rank) {
      throw new IllegalArgumentException("shape %s has no axis %s".formatted(x.shape(), axis));
    }
    double factor = factorOf.applyAsDouble(x.shape().dimension(from));
    Tensor value = x.tape().allocate(without(x.shape(), from));
    ReductionKernels.sumAxis(x.value(), from, factor, value);
    return x.tape()
        .record(
            value,
            gradient ->
                x.addGradient(
                    target -> ReductionKernels.spreadAxis(gradient, from, factor, target)),
            x);
  }

  private static Shape without(Shape shape, int axis) {
    if (shape.rank() == 1) {
      return Shape.of(1);
    }
    return Shape.of(
        IntStream.range(0, shape.rank()).filter(i -> i != axis).map(shape::dimension).toArray());
  }
}
