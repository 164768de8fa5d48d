package org.espalier.tensor;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/** Products with factors that are repeated along some axes. */
public final class BroadcastKernels {
  private BroadcastKernels() {}

  /**
   * {@code output[..., c] = input[..., c] * row[c]}.
   *
   * @param row {@code [c]}
   */
  public static void multiplyRow(Tensor input, Tensor row, Tensor output) {
    Nd4j.exec(
        new BroadcastMulOp(input.matrix(), row.array().reshape(row.size()), output.matrix(), 1));
  }

  /**
   * {@code output[n, ..., c] = input[n, ..., c] * gate[n, c]}.
   *
   * @param gate {@code [batch, c]}
   */
  public static void multiplyGate(Tensor input, Tensor gate, Tensor output) {
    INDArray factors =
        gate.array().reshape('c', gate.shape().dimension(0), 1, gate.shape().channels());
    NativeOperation.named("multiply")
        .run(List.of(places(input, gate), factors), List.of(places(output, gate)));
  }

  /**
   * {@code target[n, c] = sum of input[n, ..., c]}.
   *
   * @param target {@code [batch, c]}
   */
  public static void sumPlaces(Tensor input, Tensor target) {
    places(input, target).sum(target.array(), 1);
  }

  /** A tensor as {@code [batch, places, c]}. */
  private static INDArray places(Tensor tensor, Tensor gate) {
    int batch = gate.shape().dimension(0);
    int channels = gate.shape().channels();
    return tensor.array().reshape('c', batch, tensor.size() / gate.size(), channels);
  }
}
