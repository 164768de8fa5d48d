package org.espalier.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abc;
import static org.bytedeco.dnnl.global.dnnl.dnnl_bac;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_hwigo;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;

import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The weight gradient of a depthwise convolution, computed as a forward convolution: with examples
 * and channels side by side, each image is convolved with its output gradient as the kernel, the
 * stride of one being the dilation of the other, and the results are summed over the batch. Four
 * times as fast as oneDNN's own backward pass when the kernel is larger than 3 or dilated.
 */
final class OneDnnDepthwiseGradient {
  private record Key(ConvolutionKernels.Kind kind, Shape images, Shape weights) {}

  private final OneDnnCall gatherImages;
  private final OneDnnCall gatherGradient;
  private final OneDnnCall blockGradient;
  private final OneDnnCall convolve;
  private final long[] scratchBytes;
  private final int terms;
  private final float[] sums;

  private OneDnnDepthwiseGradient(Key key) {
    Window window = key.kind().window();
    Shape images = key.images();
    int batch = images.dimension(0);
    int channels = images.channels();
    Shape output = window.output(images, channels);
    long lanes = (long) batch * channels;
    int kernel = key.weights().dimension(0);

    memory.desc source =
        OneDnn.described(dnnl_nhwc, 1, lanes, images.dimension(1), images.dimension(2));
    memory.desc result = OneDnn.described(dnnl_nhwc, 1, lanes, kernel, kernel);
    long[] padding = {window.padding(), window.padding()};
    var description =
        new convolution_forward.primitive_desc(
            new convolution_forward.desc(
                dnnl_forward_training,
                dnnl_convolution_direct,
                source,
                weights(dnnl_format_tag_any, lanes, output),
                result,
                new long[] {window.dilation(), window.dilation()},
                new long[] {window.stride() - 1, window.stride() - 1},
                padding,
                farPadding(window, images, output)),
            OneDnn.current().processor());

    memory.desc lanesOfGradient = weights(dnnl_hwigo, lanes, output);
    memory.desc blocked = description.weights_desc();
    gatherImages = gather(images);
    gatherGradient = gather(output);
    blockGradient = OneDnnCall.reorder(lanesOfGradient, blocked);
    convolve =
        new OneDnnCall(new convolution_forward(description))
            .given(DNNL_ARG_SRC, source)
            .given(DNNL_ARG_WEIGHTS, blocked)
            .given(DNNL_ARG_DST, result);
    scratchBytes =
        new long[] {
          source.get_size(), lanesOfGradient.get_size(), blocked.get_size(), result.get_size()
        };
    terms = Math.toIntExact(lanes * kernel * kernel);
    sums = new float[channels * kernel * kernel];
  }

  /** Whether this way is the faster one. */
  static boolean suits(ConvolutionKernels.Kind kind, Shape weights) {
    int kernel = weights.dimension(0);
    return kind.depthwise() && (kernel > 3 || (kernel > 1 && kind.window().dilation() > 1));
  }

  static void weightGradient(
      ConvolutionKernels.Kind kind, Tensor images, Tensor gradient, Tensor target) {
    OneDnn.current()
        .prepared(new Key(kind, images.shape(), target.shape()), OneDnnDepthwiseGradient::new)
        .run(images, gradient, target);
  }

  private void run(Tensor images, Tensor gradient, Tensor target) {
    Pointer[] places = OneDnn.current().scratch(scratchBytes);
    Pointer lanesOfImages = places[0];
    Pointer lanesOfGradient = places[1];
    Pointer blocked = places[2];
    Pointer products = places[3];
    gatherImages.run(images.pointer(), lanesOfImages);
    gatherGradient.run(gradient.pointer(), lanesOfGradient);
    blockGradient.run(lanesOfGradient, blocked);
    convolve.run(lanesOfImages, blocked, products);
    addUp(products, images, target);
  }

  private void addUp(Pointer products, Tensor images, Tensor target) {
    float[] perExample = OneDnn.current().scratchArray(terms);
    ((FloatPointer) products).get(perExample, 0, terms);
    int channels = target.shape().dimension(2);
    int batch = images.shape().dimension(0);
    java.util.Arrays.fill(sums, 0);
    for (int tap = 0; tap < sums.length / channels; tap++) {
      for (int example = 0; example < batch; example++) {
        addRow(sums, tap * channels, perExample, (tap * batch + example) * channels, channels);
      }
    }
    target.set(sums);
  }

  private static void addRow(float[] sums, int to, float[] terms, int from, int length) {
    for (int i = 0; i < length; i++) {
      sums[to + i] += terms[from + i];
    }
  }

  /** Makes the result exactly {@code kernel} wide: places after the last tap are left out. */
  private static long[] farPadding(Window window, Shape images, Shape output) {
    long[] padding = new long[2];
    for (int axis = 0; axis < 2; axis++) {
      int span = (output.dimension(axis + 1) - 1) * window.stride() + 1;
      int needed = (window.kernel() - 1) * window.dilation() + span;
      padding[axis] = (long) needed - images.dimension(axis + 1) - window.padding();
    }
    return padding;
  }

  private static memory.desc weights(int tag, long lanes, Shape output) {
    return OneDnn.described(tag, lanes, 1, 1, output.dimension(1), output.dimension(2));
  }

  /** From {@code [batch, places, channels]} to {@code [places, batch, channels]}. */
  private static OneDnnCall gather(Shape shape) {
    int batch = shape.dimension(0);
    long places = shape.rows() / batch;
    return OneDnnCall.reorder(
        OneDnn.described(dnnl_abc, batch, places, shape.channels()),
        OneDnn.described(dnnl_bac, batch, places, shape.channels()));
  }
}
