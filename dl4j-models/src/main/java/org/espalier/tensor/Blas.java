package org.espalier.tensor;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_scopy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sdot;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sscal;

import org.bytedeco.javacpp.FloatPointer;

/** OpenBLAS, called without ND4J's bookkeeping; single precision on the CPU. */
final class Blas {
  private Blas() {}

  static boolean serves(Tensor tensor) {
    return tensor.precision() == Precision.FLOAT32 && NativeRuntime.onCpu();
  }

  static void addScaled(double factor, Tensor input, Tensor target) {
    cblas_saxpy(size(input), (float) factor, floats(input), 1, floats(target), 1);
  }

  static void scale(double factor, Tensor target) {
    cblas_sscal(size(target), (float) factor, floats(target), 1);
  }

  static void copy(Tensor input, Tensor output) {
    cblas_scopy(size(input), floats(input), 1, floats(output), 1);
  }

  static double dot(Tensor left, Tensor right) {
    return cblas_sdot(size(left), floats(left), 1, floats(right), 1);
  }

  static void product(
      Tensor left, boolean transposeLeft, Tensor right, boolean transposeRight, Tensor output) {
    int columns = output.shape().channels();
    int rows = Math.toIntExact(output.shape().rows());
    int leftColumns = left.shape().channels();
    int inner = transposeLeft ? Math.toIntExact(left.shape().rows()) : leftColumns;
    cblas_sgemm(
        CblasRowMajor,
        transposeLeft ? CblasTrans : CblasNoTrans,
        transposeRight ? CblasTrans : CblasNoTrans,
        rows,
        columns,
        inner,
        1,
        floats(left),
        leftColumns,
        floats(right),
        right.shape().channels(),
        0,
        floats(output),
        columns);
  }

  private static int size(Tensor tensor) {
    return Math.toIntExact(tensor.size());
  }

  private static FloatPointer floats(Tensor tensor) {
    return (FloatPointer) tensor.pointer();
  }
}
