package org.espalier.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products and rows. */
public final class MatrixKernels {
  /** Up to so many numbers a loop in Java is faster than ND4J's broadcast. */
  private static final int SMALL = 1 << 14;

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
    if (Blas.serves(target) && target.size() <= SMALL) {
      float[] added = row.toFloats();
      float[] sums = input.toFloats();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += added[i % added.length];
      }
      target.set(sums);
      return;
    }
    target.matrix().assign(input.matrix().addRowVector(row.array().reshape(row.size())));
  }

  /** {@code target[c] = sum over r of input[r, c]}. */
  public static void columnSums(Tensor input, Tensor target) {
    if (Blas.serves(target) && input.size() <= SMALL) {
      float[] values = input.toFloats();
      float[] sums = new float[Math.toIntExact(target.size())];
      for (int i = 0; i < values.length; i++) {
        sums[i % sums.length] += values[i];
      }
      target.set(sums);
      return;
    }
    target.array().assign(input.matrix().sum(0));
  }
}
