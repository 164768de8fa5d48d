package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip_v2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_exp_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_hardswish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_square;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.memory;
import org.espalier.tensor.FunctionKernels.Function;

/** A function of one number by oneDNN, for one size: the value and the gradient. */
final class OneDnnFunction {
  /** What oneDNN does well: it has no sine, and its logarithm of what is not a number is 89. */
  private static final Map<Function, Kind> KINDS =
      Map.of(
          Function.RELU6, new Kind(dnnl_eltwise_clip_v2, 0, 6, false),
          Function.HARD_SWISH, new Kind(dnnl_eltwise_hardswish, 0, 0, false),
          Function.SIGMOID, new Kind(dnnl_eltwise_logistic_use_dst_for_bwd, 0, 0, true),
          Function.TANH, new Kind(dnnl_eltwise_tanh_use_dst_for_bwd, 0, 0, true),
          Function.EXP, new Kind(dnnl_eltwise_exp_use_dst_for_bwd, 0, 0, true),
          Function.SQUARE, new Kind(dnnl_eltwise_square, 0, 0, false));

  /**
   * How oneDNN names a function.
   *
   * @param algorithm its number
   * @param low first constant of the function
   * @param high second constant
   * @param fromOutput whether the gradient is computed from the output, else from the input
   */
  private record Kind(int algorithm, float low, float high, boolean fromOutput) {}

  private record Key(Kind kind, long size) {}

  private final OneDnnCall forward;
  private final OneDnnCall backward;

  private OneDnnFunction(Key key) {
    Kind kind = key.kind();
    memory.desc vector = OneDnn.vector(key.size());
    var processor = OneDnn.current().processor();
    var forwards =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(
                dnnl_forward_training, kind.algorithm(), vector, kind.low(), kind.high()),
            processor);
    var backwards =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(kind.algorithm(), vector, vector, kind.low(), kind.high()),
            processor,
            forwards);
    forward =
        new OneDnnCall(new eltwise_forward(forwards))
            .given(DNNL_ARG_SRC, vector)
            .given(DNNL_ARG_DST, vector);
    backward =
        new OneDnnCall(new eltwise_backward(backwards))
            .given(kind.fromOutput() ? DNNL_ARG_DST : DNNL_ARG_SRC, vector)
            .given(DNNL_ARG_DIFF_DST, vector)
            .given(DNNL_ARG_DIFF_SRC, vector);
  }

  private static OneDnnFunction prepared(Kind kind, long size) {
    return OneDnn.current().prepared(new Key(kind, size), OneDnnFunction::new);
  }

  static boolean serves(Function function, Tensor tensor) {
    return KINDS.containsKey(function) && OneDnn.serves(tensor);
  }

  static void apply(Function function, Tensor input, Tensor output) {
    prepared(KINDS.get(function), input.size()).forward.run(input.pointer(), output.pointer());
  }

  static void gradient(
      Function function, Tensor input, Tensor output, Tensor gradient, Tensor target) {
    Kind kind = KINDS.get(function);
    Tensor read = kind.fromOutput() ? output : input;
    prepared(kind, input.size()).backward.run(read.pointer(), gradient.pointer(), target.pointer());
  }
}
