package org.espalier.tensor;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Ordinary and depthwise convolution of images {@code [batch, height, width, channels]}. */
public final class ConvolutionKernels {
  private static final String BACKWARD = "_bp";

  private ConvolutionKernels() {}

  /**
   * Which convolution.
   *
   * @param window how the kernel slides
   * @param depthwise false: weights {@code [k, k, in, out]}; true: {@code [k, k, channels, 1]}
   */
  public record Kind(Window window, boolean depthwise) {
    private NativeOperation operation(String suffix) {
      // ND4J's oneDNN route cannot describe dilated convolutions, and oneDNN itself writes beyond
      // its memory in the weight gradient of 1x1 convolutions with a stride (its issue 6035).
      boolean unsafe = suffix.equals(BACKWARD) && window.kernel() == 1 && window.stride() > 1;
      return NativeOperation.named((depthwise ? "depthwise_conv2d" : "conv2d") + suffix)
          .integers(window.nativeArguments(1, 0))
          .oneDnn(window.dilation() == 1 && !unsafe);
    }
  }

  /** Overwrites {@code output} with the convolution of {@code images} and {@code weights}. */
  public static void forward(Kind kind, Tensor images, Tensor weights, Tensor output) {
    if (OneDnn.serves(output)) {
      OneDnnConvolution.forward(kind, images, weights, output);
      return;
    }
    kind.operation("").run(List.of(images.array(), weights.array()), List.of(output.array()));
  }

  /** Overwrites {@code target} with the gradient of the images. */
  public static void imageGradient(
      Kind kind, Tensor images, Tensor weights, Tensor gradient, Tensor target) {
    if (OneDnn.serves(target)) {
      oneDnnImageGradient(kind, weights, gradient, target);
      return;
    }
    INDArray unused = weights.array().ulike();
    backward(kind, images, weights, gradient, target.array(), unused);
  }

  /** Overwrites {@code target} with the gradient of the weights. */
  public static void weightGradient(
      Kind kind, Tensor images, Tensor weights, Tensor gradient, Tensor target) {
    if (OneDnn.serves(target)) {
      oneDnnWeightGradient(kind, images, gradient, target);
      return;
    }
    INDArray unused = images.array().ulike();
    backward(kind, images, weights, gradient, unused, target.array());
  }

  private static void oneDnnImageGradient(
      Kind kind, Tensor weights, Tensor gradient, Tensor target) {
    if (OneDnnTurnedConvolution.suits(kind, weights.shape())) {
      OneDnnTurnedConvolution.imageGradient(kind, weights, gradient, target);
    } else {
      OneDnnConvolution.imageGradient(kind, weights, gradient, target);
    }
  }

  private static void oneDnnWeightGradient(
      Kind kind, Tensor images, Tensor gradient, Tensor target) {
    if (OneDnnDepthwiseGradient.suits(kind, target.shape())) {
      OneDnnDepthwiseGradient.weightGradient(kind, images, gradient, target);
    } else {
      OneDnnConvolution.weightGradient(kind, images, gradient, target);
    }
  }

  private static void backward(
      Kind kind, Tensor images, Tensor weights, Tensor gradient, INDArray toImages, INDArray toW) {
    kind.operation(BACKWARD)
        .run(List.of(images.array(), weights.array(), gradient.array()), List.of(toImages, toW));
  }
}
