package org.espalier.tensor;

/** Picking rows of a table. */
public final class GatherKernels {
  private GatherKernels() {}

  /**
   * {@code output[i] = table[rows[i]]}.
   *
   * @param table {@code rows.length} of any rows; a row is {@code width} numbers
   * @param rows which row goes to each place
   * @param width numbers of a row
   */
  public static void gather(Tensor table, int[] rows, int width, Tensor output) {
    if (table.precision() == Precision.FLOAT32) {
      float[] from = table.toFloats();
      float[] to = new float[rows.length * width];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(from, rows[i] * width, to, i * width, width);
      }
      output.set(to);
      return;
    }
    double[] from = table.toDoubles();
    double[] to = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from, rows[i] * width, to, i * width, width);
    }
    output.set(to);
  }

  /**
   * {@code target[r] = sum of gradient[i] where rows[i] = r}, added in order in double precision.
   */
  public static void sumByRow(Tensor gradient, int[] rows, int width, Tensor target) {
    double[] from = gradient.toDoubles();
    double[] sums = new double[Math.toIntExact(target.size())];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < width; c++) {
        sums[rows[i] * width + c] += from[i * width + c];
      }
    }
    target.set(sums);
  }
}
