package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** Element by element functions of oneDNN. */
final class OneDnnElementwise {
  private record ReluKey(long size) {}

  private record BinaryKey(int algorithm, long size) {}

  private OneDnnElementwise() {}

  /** ReLU and its backward pass for one size. */
  private static final class Relu {
    private final OneDnnCall forward;
    private final OneDnnCall backward;

    Relu(ReluKey key) {
      memory.desc vector = OneDnn.vector(key.size());
      var processor = OneDnn.current().processor();
      int algorithm = dnnl_eltwise_relu_use_dst_for_bwd;
      var forwards =
          new eltwise_forward.primitive_desc(
              new eltwise_forward.desc(dnnl_forward_training, algorithm, vector, 0, 0), processor);
      var backwards =
          new eltwise_backward.primitive_desc(
              new eltwise_backward.desc(algorithm, vector, vector, 0, 0), processor, forwards);
      forward =
          new OneDnnCall(new eltwise_forward(forwards))
              .given(DNNL_ARG_SRC, vector)
              .given(DNNL_ARG_DST, vector);
      backward =
          new OneDnnCall(new eltwise_backward(backwards))
              .given(DNNL_ARG_DST, vector)
              .given(DNNL_ARG_DIFF_DST, vector)
              .given(DNNL_ARG_DIFF_SRC, vector);
    }
  }

  private static Relu relu(long size) {
    return OneDnn.current().prepared(new ReluKey(size), Relu::new);
  }

  static void relu(Tensor input, Tensor output) {
    relu(input.size()).forward.run(input.pointer(), output.pointer());
  }

  static void reluGradient(Tensor output, Tensor gradient, Tensor target) {
    relu(output.size()).backward.run(output.pointer(), gradient.pointer(), target.pointer());
  }

  static void add(Tensor left, Tensor right, Tensor output) {
    binary(dnnl_binary_add, left, right, output);
  }

  /** The sum of so many numbers, wherever they lie. */
  static void add(long size, Pointer left, Pointer right, Pointer output) {
    binary(dnnl_binary_add, size).run(left, right, output);
  }

  static void multiply(Tensor left, Tensor right, Tensor output) {
    binary(dnnl_binary_mul, left, right, output);
  }

  private static void binary(int algorithm, Tensor left, Tensor right, Tensor output) {
    binary(algorithm, output.size()).run(left.pointer(), right.pointer(), output.pointer());
  }

  private static OneDnnCall binary(int algorithm, long size) {
    return OneDnn.current().prepared(new BinaryKey(algorithm, size), OneDnnElementwise::makeBinary);
  }

  private static OneDnnCall makeBinary(BinaryKey key) {
    memory.desc vector = OneDnn.vector(key.size());
    var description =
        new binary.primitive_desc(
            new binary.desc(key.algorithm(), vector, vector, vector), OneDnn.current().processor());
    return new OneDnnCall(new binary(description))
        .given(DNNL_ARG_SRC_0, vector)
        .given(DNNL_ARG_SRC_1, vector)
        .given(DNNL_ARG_DST, vector);
  }
}
