package org.espalier.tensor;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

import java.util.List;
import org.bytedeco.javacpp.DoublePointer;

/**
 * A linear layer over several inputs that stand side by side but are not copied together; the last
 * row of its weights is the bias. By OpenBLAS in double precision on the CPU, else by loops.
 */
public final class JoinedKernels {
  private JoinedKernels() {}

  /**
   * {@code output = sum over i of inputs_i weights_i, and the bias in each row}.
   *
   * @param inputs each {@code [batch, width_i]}
   * @param weights {@code [sum of widths and 1, outputs]}
   * @param output {@code [batch, outputs]}
   */
  public static void forward(List<Tensor> inputs, Tensor weights, Tensor output) {
    int outputs = output.shape().channels();
    int batch = Math.toIntExact(output.shape().rows());
    int rows = Math.toIntExact(weights.shape().rows());
    double[] bias = row(weights, rows - 1).toDoubles();
    double[] values = new double[batch * outputs];
    for (int n = 0; n < batch; n++) {
      System.arraycopy(bias, 0, values, n * outputs, outputs);
    }
    if (!serves(output)) {
      double[] factors = weights.toDoubles();
      int first = 0;
      for (Tensor input : inputs) {
        addProduct(input, factors, first, values, outputs);
        first += input.shape().channels();
      }
    }
    output.set(values);
    if (serves(output)) {
      int first = 0;
      for (Tensor input : inputs) {
        int width = input.shape().channels();
        DoublePointer part = doubles(weights).getPointer((long) first * outputs);
        cblas_dgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasNoTrans,
            batch,
            outputs,
            width,
            1,
            doubles(input),
            width,
            part,
            outputs,
            1,
            doubles(output),
            outputs);
        first += width;
      }
    }
  }

  private static void addProduct(
      Tensor input, double[] factors, int first, double[] values, int outputs) {
    int width = input.shape().channels();
    double[] from = input.toDoubles();
    for (int i = 0; i < from.length; i++) {
      int to = i / width * outputs;
      int row = (first + i % width) * outputs;
      for (int j = 0; j < outputs; j++) {
        values[to + j] += from[i] * factors[row + j];
      }
    }
  }

  /**
   * {@code target = gradient weights_i^T}.
   *
   * @param first row of the weights at which those of the input begin
   * @param target {@code [batch, width_i]}
   */
  public static void inputGradient(Tensor gradient, Tensor weights, int first, Tensor target) {
    int outputs = gradient.shape().channels();
    int batch = Math.toIntExact(gradient.shape().rows());
    int width = target.shape().channels();
    if (serves(target)) {
      cblas_dgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasTrans,
          batch,
          width,
          outputs,
          1,
          doubles(gradient),
          outputs,
          doubles(weights).getPointer((long) first * outputs),
          outputs,
          0,
          doubles(target),
          width);
      return;
    }
    double[] slopes = gradient.toDoubles();
    double[] factors = weights.toDoubles();
    double[] values = new double[batch * width];
    for (int i = 0; i < values.length; i++) {
      int from = i / width * outputs;
      int row = (first + i % width) * outputs;
      for (int j = 0; j < outputs; j++) {
        values[i] += slopes[from + j] * factors[row + j];
      }
    }
    target.set(values);
  }

  /** {@code target} = the gradient by the weights: {@code inputs_i^T gradient}, and column sums. */
  public static void weightGradient(List<Tensor> inputs, Tensor gradient, Tensor target) {
    int outputs = gradient.shape().channels();
    double[] slopes = gradient.toDoubles();
    int first = 0;
    for (Tensor input : inputs) {
      int width = input.shape().channels();
      Tensor part = target.slice((long) first * outputs, Shape.of(width, outputs));
      if (serves(target)) {
        turnedProduct(input, gradient, part);
      } else {
        part.set(turnedProduct(input.toDoubles(), width, slopes, outputs));
      }
      first += width;
    }
    double[] sums = new double[outputs];
    for (int i = 0; i < slopes.length; i++) {
      sums[i % outputs] += slopes[i];
    }
    row(target, first).set(sums);
  }

  private static void turnedProduct(Tensor input, Tensor gradient, Tensor part) {
    int outputs = gradient.shape().channels();
    int width = input.shape().channels();
    cblas_dgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        width,
        outputs,
        Math.toIntExact(gradient.shape().rows()),
        1,
        doubles(input),
        width,
        doubles(gradient),
        outputs,
        0,
        doubles(part),
        outputs);
  }

  private static double[] turnedProduct(double[] from, int width, double[] slopes, int outputs) {
    double[] values = new double[width * outputs];
    for (int i = 0; i < from.length; i++) {
      int row = i % width * outputs;
      int slope = i / width * outputs;
      for (int j = 0; j < outputs; j++) {
        values[row + j] += from[i] * slopes[slope + j];
      }
    }
    return values;
  }

  private static Tensor row(Tensor weights, int row) {
    int outputs = weights.shape().channels();
    return weights.slice((long) row * outputs, Shape.of(outputs));
  }

  private static boolean serves(Tensor tensor) {
    return tensor.precision() == Precision.FLOAT64 && NativeRuntime.onCpu();
  }

  private static DoublePointer doubles(Tensor tensor) {
    return (DoublePointer) tensor.pointer();
  }
}
