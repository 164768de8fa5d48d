package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_fuse_norm_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** Batch normalisation by oneDNN, forward and backward for one shape, with ReLU if wanted. */
final class OneDnnNormalization {
  private record Key(Shape shape, NormalizationKernels.Kind kind) {}

  private final boolean relu;
  private final OneDnnCall forward;
  private final OneDnnCall backward;
  private final long maskBytes;

  private OneDnnNormalization(Key key) {
    relu = key.kind().relu();
    int flags =
        dnnl_use_scale
            | dnnl_use_shift
            | (relu ? dnnl_fuse_norm_relu : 0)
            | (key.kind().training() ? 0 : dnnl_use_global_stats);
    memory.desc images = OneDnn.images(key.shape());
    memory.desc vector = OneDnn.vector(key.shape().channels());
    float epsilon = (float) key.kind().epsilon();
    var processor = OneDnn.current().processor();
    var forwards =
        new batch_normalization_forward.primitive_desc(
            new batch_normalization_forward.desc(dnnl_forward_training, images, epsilon, flags),
            processor);
    var backwards =
        new batch_normalization_backward.primitive_desc(
            new batch_normalization_backward.desc(dnnl_backward, images, images, epsilon, flags),
            processor,
            forwards);
    forward =
        new OneDnnCall(new batch_normalization_forward(forwards))
            .given(DNNL_ARG_SRC, images)
            .given(DNNL_ARG_DST, images)
            .given(DNNL_ARG_SCALE, vector)
            .given(DNNL_ARG_SHIFT, vector)
            .given(DNNL_ARG_MEAN, forwards.mean_desc())
            .given(DNNL_ARG_VARIANCE, forwards.variance_desc());
    backward =
        new OneDnnCall(new batch_normalization_backward(backwards))
            .given(DNNL_ARG_SRC, images)
            .given(DNNL_ARG_DIFF_DST, images)
            .given(DNNL_ARG_DIFF_SRC, images)
            .given(DNNL_ARG_SCALE, vector)
            .given(DNNL_ARG_SHIFT, vector)
            .given(DNNL_ARG_MEAN, forwards.mean_desc())
            .given(DNNL_ARG_VARIANCE, forwards.variance_desc())
            .given(DNNL_ARG_DIFF_SCALE, vector)
            .given(DNNL_ARG_DIFF_SHIFT, vector);
    if (relu) {
      memory.desc mask = forwards.workspace_desc();
      forward.given(DNNL_ARG_WORKSPACE, mask);
      backward.given(DNNL_ARG_WORKSPACE, mask);
      maskBytes = mask.get_size();
    } else {
      maskBytes = 0;
    }
  }

  static OneDnnNormalization prepared(Shape shape, NormalizationKernels.Kind kind) {
    return OneDnn.current().prepared(new Key(shape, kind), OneDnnNormalization::new);
  }

  /** Bytes in which the forward pass notes where ReLU let through. */
  long maskBytes() {
    return maskBytes;
  }

  /** Scale, shift, mean and variance, one number a channel each. */
  record Vectors(Pointer scale, Pointer shift, Pointer mean, Pointer variance) {}

  /** What both passes read; the mask is there if ReLU is. */
  record Source(Pointer input, Vectors by, Optional<Pointer> mask) {
    static Source of(NormalizationKernels.Operands in) {
      return new Source(
          in.input().pointer(),
          new Vectors(
              in.scale().pointer(),
              in.shift().pointer(),
              in.mean().pointer(),
              in.variance().pointer()),
          in.mask().map(Tensor::pointer));
    }
  }

  /** Where gradients of input, scale and shift are written. */
  record Sink(Pointer input, Pointer scale, Pointer shift) {
    static Sink of(NormalizationKernels.Targets to) {
      return new Sink(to.input().pointer(), to.scale().pointer(), to.shift().pointer());
    }
  }

  void forward(Source in, Pointer output) {
    Vectors by = in.by();
    if (relu) {
      forward.run(
          in.input(),
          output,
          by.scale(),
          by.shift(),
          by.mean(),
          by.variance(),
          in.mask().orElseThrow());
    } else {
      forward.run(in.input(), output, by.scale(), by.shift(), by.mean(), by.variance());
    }
  }

  void backward(Source in, Pointer gradient, Sink to) {
    Vectors by = in.by();
    if (relu) {
      backward.run(
          in.input(),
          gradient,
          to.input(),
          by.scale(),
          by.shift(),
          by.mean(),
          by.variance(),
          to.scale(),
          to.shift(),
          in.mask().orElseThrow());
    } else {
      backward.run(
          in.input(),
          gradient,
          to.input(),
          by.scale(),
          by.shift(),
          by.mean(),
          by.variance(),
          to.scale(),
          to.shift());
    }
  }
}
