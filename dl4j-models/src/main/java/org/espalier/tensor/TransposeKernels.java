package org.espalier.tensor;

/** Matrices with rows and columns exchanged. */
public final class TransposeKernels {
  private TransposeKernels() {}

  /**
   * {@code output[c, r] = input[r, c]}.
   *
   * @param input {@code [rows, columns]}
   * @param output {@code [columns, rows]}
   */
  public static void transpose(Tensor input, Tensor output) {
    output.array().assign(input.array().transpose());
  }
}
