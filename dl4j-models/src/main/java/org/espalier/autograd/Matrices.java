package org.espalier.autograd;

import org.espalier.tensor.MatrixKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Matrix products. */
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
    if (input.shape().channels() != weights.shape().dimension(0)) {
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
}
