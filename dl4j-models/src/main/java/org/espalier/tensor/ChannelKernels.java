package org.espalier.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Ranges of the last axis. */
public final class ChannelKernels {
  private ChannelKernels() {}

  /** {@code output = input[..., from : from + output channels]}. */
  public static void read(Tensor input, int from, Tensor output) {
    output.matrix().assign(range(input, from, output));
  }

  /** {@code target[..., from : from + input channels] = input}; the other channels stay. */
  public static void write(Tensor input, int from, Tensor target) {
    range(target, from, input).assign(input.matrix());
  }

  private static INDArray range(Tensor whole, int from, Tensor part) {
    return whole
        .matrix()
        .get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + part.shape().channels()));
  }
}
