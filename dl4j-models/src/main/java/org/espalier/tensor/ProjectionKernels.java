package org.espalier.tensor;

/**
 * Matrix products on the last but one axis of {@code [..., rows, columns]}: each matrix {@code M}
 * in the stack becomes {@code P^T M}.
 */
public final class ProjectionKernels {
  private ProjectionKernels() {}

  /**
   * {@code output[t] = P^T stack[t]}.
   *
   * @param stack {@code [..., rows, columns]}
   * @param projection {@code P [rows, kept]}
   * @param output {@code [..., kept, columns]}
   */
  public static void project(Tensor stack, Tensor projection, Tensor output) {
    for (int t = 0; t < count(stack); t++) {
      MatrixKernels.product(projection, true, matrix(stack, t), false, matrix(output, t));
    }
  }

  /** {@code target[t] = P gradient[t]}. */
  public static void stackGradient(Tensor projection, Tensor gradient, Tensor target) {
    for (int t = 0; t < count(target); t++) {
      MatrixKernels.product(projection, false, matrix(gradient, t), false, matrix(target, t));
    }
  }

  /**
   * {@code target = sum over t of stack[t] gradient[t]^T}.
   *
   * @param scratch overwritten, shape of {@code target}
   */
  public static void projectionGradient(
      Tensor stack, Tensor gradient, Tensor scratch, Tensor target) {
    MatrixKernels.product(matrix(stack, 0), false, matrix(gradient, 0), true, target);
    for (int t = 1; t < count(stack); t++) {
      MatrixKernels.product(matrix(stack, t), false, matrix(gradient, t), true, scratch);
      ElementwiseKernels.addScaled(1, scratch, target);
    }
  }

  private static long count(Tensor stack) {
    return stack.size() / shape(stack).size();
  }

  private static Tensor matrix(Tensor stack, int t) {
    return stack.slice(t * shape(stack).size(), shape(stack));
  }

  private static Shape shape(Tensor stack) {
    return Shape.of(stack.shape().dimension(-2), stack.shape().channels());
  }
}
