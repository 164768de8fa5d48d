package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_hwigo;
import static org.bytedeco.dnnl.global.dnnl.dnnl_hwio;

import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * Convolution by oneDNN. The weights are brought into the blocked order its kernels like and back;
 * that costs microseconds.
 *
 * <p>The weight gradient of a 1x1 convolution with a stride is computed with stride 1 from the
 * places of the images that it reads. oneDNN thins images in the same way, but into too little
 * memory where they have few channels, and so writes over what lies behind (its issue 6035).
 */
final class OneDnnConvolution {

  /** What a call computes. */
  private enum Pass {
    FORWARD,
    IMAGE_GRADIENT,
    WEIGHT_GRADIENT
  }

  private record Key(Pass pass, ConvolutionKernels.Kind kind, Shape images, Shape weights) {
    boolean thins() {
      Window window = kind.window();
      return pass == Pass.WEIGHT_GRADIENT
          && !kind.depthwise()
          && window.kernel() == 1
          && window.stride() > 1;
    }

    /** The same of the places that are read. */
    Key thinned() {
      return new Key(
          pass,
          new ConvolutionKernels.Kind(new Window(1, 1, 1), false),
          kind.window().output(images, images.channels()),
          weights);
    }
  }

  private final OneDnnCall call;
  private final OneDnnCall weightOrder;
  private final Optional<OneDnnPooling> thinning;
  private final long[] scratchBytes;

  private OneDnnConvolution(Key key) {
    Descriptions all = new Descriptions(key.thins() ? key.thinned() : key);
    memory.desc blocked;
    switch (key.pass()) {
      case FORWARD -> {
        var description = all.forward();
        blocked = description.weights_desc();
        weightOrder = OneDnnCall.reorder(all.plainWeights(), blocked);
        call =
            new OneDnnCall(new convolution_forward(description))
                .given(DNNL_ARG_SRC, all.images)
                .given(DNNL_ARG_DST, all.output)
                .given(DNNL_ARG_WEIGHTS, blocked);
      }
      case IMAGE_GRADIENT -> {
        var description = all.imageGradient();
        blocked = description.weights_desc();
        weightOrder = OneDnnCall.reorder(all.plainWeights(), blocked);
        call =
            new OneDnnCall(new convolution_backward_data(description))
                .given(DNNL_ARG_DIFF_DST, all.output)
                .given(DNNL_ARG_DIFF_SRC, all.images)
                .given(DNNL_ARG_WEIGHTS, blocked);
      }
      case WEIGHT_GRADIENT -> {
        var description = all.weightGradient();
        blocked = description.diff_weights_desc();
        weightOrder = OneDnnCall.reorder(blocked, all.plainWeights());
        call =
            new OneDnnCall(new convolution_backward_weights(description))
                .given(DNNL_ARG_SRC, all.images)
                .given(DNNL_ARG_DIFF_DST, all.output)
                .given(DNNL_ARG_DIFF_WEIGHTS, blocked);
      }
      default -> throw new AssertionError(key.pass());
    }
    if (key.thins()) {
      thinning = Optional.of(OneDnnPooling.thinning(key.kind().window(), key.images()));
      scratchBytes = new long[] {blocked.get_size(), all.images.get_size()};
    } else {
      thinning = Optional.empty();
      scratchBytes = new long[] {blocked.get_size()};
    }
  }

  private static OneDnnConvolution prepared(
      Pass pass, ConvolutionKernels.Kind kind, Shape images, Shape weights) {
    return OneDnn.current().prepared(new Key(pass, kind, images, weights), OneDnnConvolution::new);
  }

  static void forward(ConvolutionKernels.Kind kind, Tensor images, Tensor weights, Tensor output) {
    var prepared = prepared(Pass.FORWARD, kind, images.shape(), weights.shape());
    Pointer blocked = prepared.blocked();
    prepared.weightOrder.run(weights.pointer(), blocked);
    prepared.call.run(images.pointer(), output.pointer(), blocked);
  }

  static void imageGradient(
      ConvolutionKernels.Kind kind, Tensor weights, Tensor gradient, Tensor target) {
    var prepared = prepared(Pass.IMAGE_GRADIENT, kind, target.shape(), weights.shape());
    Pointer blocked = prepared.blocked();
    prepared.weightOrder.run(weights.pointer(), blocked);
    prepared.call.run(gradient.pointer(), target.pointer(), blocked);
  }

  static void weightGradient(
      ConvolutionKernels.Kind kind, Tensor images, Tensor gradient, Tensor target) {
    var prepared = prepared(Pass.WEIGHT_GRADIENT, kind, images.shape(), target.shape());
    Pointer[] places = OneDnn.current().scratch(prepared.scratchBytes);
    Pointer blocked = places[0];
    Pointer read = images.pointer();
    if (prepared.thinning.isPresent()) {
      read = places[1];
      prepared.thinning.get().forward(images.pointer(), read);
    }
    prepared.call.run(read, gradient.pointer(), blocked);
    prepared.weightOrder.run(blocked, target.pointer());
  }

  private Pointer blocked() {
    return OneDnn.current().scratch(scratchBytes)[0];
  }

  /** The shapes of a convolution in oneDNN's terms. */
  private static final class Descriptions {
    private final Key key;
    private final memory.desc images;
    private final memory.desc output;
    private final long[] strides;
    private final long[] dilations;
    private final long[] padding;

    Descriptions(Key key) {
      this.key = key;
      Window window = key.kind().window();
      int outputs = key.kind().depthwise() ? key.images().channels() : key.weights().channels();
      images = OneDnn.images(key.images());
      output = OneDnn.images(window.output(key.images(), outputs));
      strides = new long[] {window.stride(), window.stride()};
      dilations = new long[] {window.dilation() - 1, window.dilation() - 1};
      padding = new long[] {window.padding(), window.padding()};
    }

    memory.desc plainWeights() {
      return weights(key.kind().depthwise() ? dnnl_hwigo : dnnl_hwio);
    }

    memory.desc anyWeights() {
      return weights(dnnl_format_tag_any);
    }

    private memory.desc weights(int tag) {
      Shape shape = key.weights();
      int kernel = shape.dimension(0);
      return key.kind().depthwise()
          ? OneDnn.described(tag, shape.dimension(2), 1, 1, kernel, kernel)
          : OneDnn.described(tag, shape.dimension(3), shape.dimension(2), kernel, kernel);
    }

    convolution_forward.primitive_desc forward() {
      return new convolution_forward.primitive_desc(
          new convolution_forward.desc(
              dnnl_forward_training,
              dnnl_convolution_direct,
              images,
              anyWeights(),
              output,
              strides,
              dilations,
              padding,
              padding),
          OneDnn.current().processor());
    }

    convolution_backward_data.primitive_desc imageGradient() {
      return new convolution_backward_data.primitive_desc(
          new convolution_backward_data.desc(
              dnnl_convolution_direct,
              images,
              anyWeights(),
              output,
              strides,
              dilations,
              padding,
              padding),
          OneDnn.current().processor(),
          forward());
    }

    convolution_backward_weights.primitive_desc weightGradient() {
      return new convolution_backward_weights.primitive_desc(
          new convolution_backward_weights.desc(
              dnnl_convolution_direct,
              images,
              anyWeights(),
              output,
              strides,
              dilations,
              padding,
              padding),
          OneDnn.current().processor(),
          forward());
    }
  }
}
