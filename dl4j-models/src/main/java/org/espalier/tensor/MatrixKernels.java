package org.espalier.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products and rows. */
public final class MatrixKernels {
  private MatrixKernels() {}

  /**
   * {@code output = left right}, each factor transposed if asked.
   *
   * @param left {@code [m, k]}, or {@code [k, m]} if transposed
   * @param right {@code [k, n]}, or {@code [n, k]} if transposed
   * @param output {@code [m, n]}
   */
  public static void product(
      Tensor left, boolean transposeLeft, Tensor right, boolean transposeRight, Tensor output) {
    if (Blas.serves(output)) {
      Blas.product(left, transposeLeft, right, transposeRight, output);
      return;
    }
    INDArray first = transposeLeft ? left.matrix().transpose() : left.matrix();
    INDArray second = transposeRight ? right.matrix().transpose() : right.matrix();
    output.matrix().assign(first.mmul(second));
  }

  /** {@code target[r, c] = input[r, c] + row[c]}. */
  public static void addRow(Tensor input, Tensor row, Tensor target) {
    target.matrix().assign(input.matrix().addRowVector(row.array().reshape(row.size())));
  }

  /** {@code target[c] = sum over r of input[r, c]}. */
  public static void columnSums(Tensor input, Tensor target) {
    target.array().assign(input.matrix().sum(0));
  }
}
