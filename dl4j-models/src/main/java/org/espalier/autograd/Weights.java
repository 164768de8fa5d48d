package org.espalier.autograd;

import org.espalier.tensor.GatherKernels;
import org.espalier.tensor.ProjectionKernels;
import org.espalier.tensor.RoundingKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** What turns shared, rounded or coded numbers into the weights of a layer. */
public final class Weights {
  private Weights() {}

  /**
   * Affine parameter sharing (Wang, Bai et al., NeurIPS 2020): {@code result[.., x, y] = sum over
   * p, q of left[p, x] weights[.., p, q] right[q, y]}, that is {@code P^T W Q} for each tap of a
   * kernel. The side that makes the smaller product goes first.
   *
   * @param weights {@code [..., C, C']}, such as {@code [k, k, in, out]}
   * @param left {@code P [C, c]}
   * @param right {@code Q [C', c']}
   * @return {@code [..., c, c']}
   */
  public static Variable project(Variable weights, Variable left, Variable right) {
    checkProjection(weights.shape(), -2, left.shape());
    checkProjection(weights.shape(), -1, right.shape());
    double full = weights.shape().dimension(-2);
    double fullRight = weights.shape().channels();
    double kept = left.shape().channels();
    double keptRight = right.shape().channels();
    double leftFirst = kept * fullRight * (full + keptRight);
    double rightFirst = keptRight * full * (fullRight + kept);
    return leftFirst <= rightFirst
        ? projectRight(projectLeft(weights, left), right)
        : projectLeft(projectRight(weights, right), left);
  }

  /**
   * {@code P^T W} for each tap; the inputs of a convolution, the channels of a depthwise one.
   *
   * @param weights {@code [..., C, C']}
   * @param left {@code P [C, c]}
   * @return {@code [..., c, C']}
   */
  public static Variable projectLeft(Variable weights, Variable left) {
    Shape shape = weights.shape();
    checkProjection(shape, -2, left.shape());
    int[] projected = shape.dimensions();
    projected[projected.length - 2] = left.shape().channels();
    Tape tape = weights.tape();
    Tensor value = tape.allocate(Shape.of(projected));
    ProjectionKernels.project(weights.value(), left.value(), value);
    return tape.record(
        value,
        gradient -> {
          left.addGradient(
              target -> {
                Tensor scratch = tape.allocate(left.shape());
                ProjectionKernels.projectionGradient(weights.value(), gradient, scratch, target);
                tape.arena().release(scratch);
              });
          weights.addGradient(
              target -> ProjectionKernels.stackGradient(left.value(), gradient, target));
        },
        weights,
        left);
  }

  /**
   * {@code W Q} for each tap; the outputs of a convolution.
   *
   * @param weights {@code [..., C, C']}
   * @param right {@code Q [C', c']}
   * @return {@code [..., C, c']}
   */
  public static Variable projectRight(Variable weights, Variable right) {
    checkProjection(weights.shape(), -1, right.shape());
    return Matrices.linear(weights, right);
  }

  private static void checkProjection(Shape weights, int axis, Shape projection) {
    if (weights.rank() < 2
        || projection.rank() != 2
        || projection.dimension(0) != weights.dimension(axis)) {
      throw new IllegalArgumentException(
          "projection %s does not fit axis %s of weights %s".formatted(projection, axis, weights));
    }
  }

  /**
   * Rounds to whole numbers, of two the even one; the gradient passes as if nothing had been
   * rounded (straight-through estimator: Bengio, Léonard and Courville, 2013).
   */
  public static Variable roundStraightThrough(Variable x) {
    Tensor value = x.tape().allocate(x.shape());
    RoundingKernels.round(x.value(), value);
    return x.tape().record(value, x::passGradient, x);
  }

  /**
   * Rounds and clips to a range; the gradient passes where {@code low <= x <= high} and is zero
   * elsewhere.
   *
   * @param low a whole number
   * @param high a whole number, above {@code low}
   */
  public static Variable roundStraightThrough(Variable x, int low, int high) {
    if (low >= high) {
      throw new IllegalArgumentException(
          "need low < high, got low=%s, high=%s".formatted(low, high));
    }
    Tensor value = x.tape().allocate(x.shape());
    RoundingKernels.round(x.value(), value);
    RoundingKernels.clip(value, low, high, value);
    return x.tape()
        .record(
            value,
            gradient ->
                x.addGradient(
                    target -> RoundingKernels.clipGradient(x.value(), low, high, gradient, target)),
            x);
  }

  /**
   * Weights that share few values: {@code result[i] = values[codes[i]]}. The gradient of a value is
   * the sum over the weights that use it.
   *
   * @param values {@code [n]}
   * @param codes one per weight, in [0, n), in storage order
   * @param shape of the result, as many elements as there are codes
   */
  public static Variable codebook(Variable values, int[] codes, Shape shape) {
    if (shape.size() != codes.length) {
      throw new IllegalArgumentException(
          "shape %s needs %s codes, got %s".formatted(shape, shape.size(), codes.length));
    }
    int[] used = checkedIndices(codes, Math.toIntExact(values.shape().size()));
    Tensor value = values.tape().allocate(shape);
    GatherKernels.gather(values.value(), used, 1, value);
    return values
        .tape()
        .record(
            value,
            gradient ->
                values.addGradient(target -> GatherKernels.sumByRow(gradient, used, 1, target)),
            values);
  }

  /** A copy, each checked to be in [0, size). */
  static int[] checkedIndices(int[] indices, int size) {
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= size) {
        throw new IllegalArgumentException(
            "index %s must be in [0, %s), got %s".formatted(i, size, indices[i]));
      }
    }
    return indices.clone();
  }
}
