package org.espalier.autograd;

import org.espalier.tensor.ElementwiseKernels;
import org.espalier.tensor.GatherKernels;
import org.espalier.tensor.MatrixKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.espalier.tensor.TransposeKernels;

/** Matrices and their products. */
public final class Matrices {
  private Matrices() {}

  /**
   * Linear layer.
   *
   * @param input {@code [batch, in]}
   * @param weights {@code [in, out]}
   * @param bias {@code [out]}
   */
  public static Variable linear(Variable input, Variable weights, Variable bias) {
    return addRow(linear(input, weights), bias);
  }

  /** Linear layer without bias. */
  public static Variable linear(Variable input, Variable weights) {
    Tape tape = input.tape();
    if (weights.shape().rank() != 2 || input.shape().channels() != weights.shape().dimension(0)) {
      throw new IllegalArgumentException(
          "weights %s do not fit inputs %s".formatted(weights.shape(), input.shape()));
    }
    Shape shape = input.shape().withChannels(weights.shape().channels());
    Tensor value = tape.allocate(shape);
    MatrixKernels.product(input.value(), false, weights.value(), false, value);
    return tape.record(
        value,
        gradient -> {
          weights.addGradient(
              target -> MatrixKernels.product(input.value(), true, gradient, false, target));
          input.addGradient(
              target -> MatrixKernels.product(gradient, false, weights.value(), true, target));
        },
        input,
        weights);
  }

  /** Adds {@code row [c]} to every row of {@code input [..., c]}: a bias. */
  public static Variable addRow(Variable input, Variable row) {
    checkRow("row", input.shape(), row.shape());
    Tensor value = input.tape().allocate(input.shape());
    MatrixKernels.addRow(input.value(), row.value(), value);
    return input
        .tape()
        .record(
            value,
            gradient -> {
              row.addGradient(target -> MatrixKernels.columnSums(gradient, target));
              input.passGradient(gradient);
            },
            input,
            row);
  }

  /** The product {@code left right} of {@code [m, k]} and {@code [k, n]}. */
  public static Variable product(Variable left, Variable right) {
    return product(left, false, right, false);
  }

  /**
   * The product of two matrices, each transposed if asked; the transposed one is not made.
   *
   * @param left {@code [m, k]}, or {@code [k, m]} if transposed
   * @param right {@code [k, n]}, or {@code [n, k]} if transposed
   * @return {@code [m, n]}
   */
  public static Variable product(
      Variable left, boolean transposeLeft, Variable right, boolean transposeRight) {
    checkMatrix(left);
    checkMatrix(right);
    int inner = left.shape().dimension(transposeLeft ? 0 : 1);
    if (inner != right.shape().dimension(transposeRight ? 1 : 0)) {
      throw new IllegalArgumentException(
          "%s%s and %s%s cannot be multiplied"
              .formatted(
                  left.shape(),
                  transposeLeft ? " transposed" : "",
                  right.shape(),
                  transposeRight ? " transposed" : ""));
    }
    Tensor value =
        left.tape()
            .allocate(
                Shape.of(
                    left.shape().dimension(transposeLeft ? 1 : 0),
                    right.shape().dimension(transposeRight ? 0 : 1)));
    MatrixKernels.product(left.value(), transposeLeft, right.value(), transposeRight, value);
    return left.tape()
        .record(
            value,
            gradient -> {
              left.addGradient(
                  target ->
                      productGradient(
                          gradient, right.value(), !transposeRight, transposeLeft, target));
              right.addGradient(
                  target ->
                      productGradient(
                          left.value(), !transposeLeft, gradient, transposeRight, target));
            },
            left,
            right);
  }

  /** {@code target = gradient other}, or the transpose of that. */
  private static void productGradient(
      Tensor gradient, Tensor other, boolean turnOther, boolean turnResult, Tensor target) {
    if (turnResult) {
      MatrixKernels.product(other, !turnOther, gradient, true, target);
    } else {
      MatrixKernels.product(gradient, false, other, turnOther, target);
    }
  }

  /** {@code target = other gradient}, or the transpose of that. */
  private static void productGradient(
      Tensor other, boolean turnOther, Tensor gradient, boolean turnResult, Tensor target) {
    if (turnResult) {
      MatrixKernels.product(gradient, true, other, !turnOther, target);
    } else {
      MatrixKernels.product(other, turnOther, gradient, false, target);
    }
  }

  /**
   * Rows become columns.
   *
   * @param matrix {@code [m, n]}
   * @return a copy, {@code [n, m]}; {@link #product} needs none
   */
  public static Variable transpose(Variable matrix) {
    checkMatrix(matrix);
    Shape turned = Shape.of(matrix.shape().dimension(1), matrix.shape().dimension(0));
    Tensor value = matrix.tape().allocate(turned);
    TransposeKernels.transpose(matrix.value(), value);
    return matrix
        .tape()
        .record(
            value,
            gradient -> matrix.addGradient(target -> TransposeKernels.transpose(gradient, target)),
            matrix);
  }

  /**
   * The same numbers, in the same order, under another shape.
   *
   * @param shape of the same size
   */
  public static Variable reshape(Variable x, Shape shape) {
    if (shape.size() != x.shape().size()) {
      throw new IllegalArgumentException("%s cannot be reshaped to %s".formatted(x.shape(), shape));
    }
    Tensor value = x.tape().allocate(shape);
    ElementwiseKernels.copy(x.value(), value);
    return x.tape()
        .record(
            value,
            gradient -> x.addGradient(target -> ElementwiseKernels.copy(gradient, target)),
            x);
  }

  /**
   * Picks rows of a table, as an embedding does. A row that is picked more than once gets the sum
   * of its gradients.
   *
   * @param table {@code [rows, width]}
   * @param rows which row goes to each place, at least one
   * @return {@code [rows.length, width]}
   */
  public static Variable gatherRows(Variable table, int... rows) {
    checkMatrix(table);
    int width = table.shape().channels();
    int[] picked = Weights.checkedIndices(rows, table.shape().dimension(0));
    Tensor value = table.tape().allocate(Shape.of(picked.length, width));
    GatherKernels.gather(table.value(), picked, width, value);
    return table
        .tape()
        .record(
            value,
            gradient ->
                table.addGradient(
                    target -> GatherKernels.sumByRow(gradient, picked, width, target)),
            table);
  }

  static void checkRow(String name, Shape input, Shape row) {
    if (row.rank() != 1 || row.size() != input.channels()) {
      throw new IllegalArgumentException(
          "%s %s does not fit the %s channels of %s".formatted(name, row, input.channels(), input));
    }
  }

  private static void checkMatrix(Variable matrix) {
    if (matrix.shape().rank() != 2) {
      throw new IllegalArgumentException("a matrix has two axes, got shape " + matrix.shape());
    }
  }
}
