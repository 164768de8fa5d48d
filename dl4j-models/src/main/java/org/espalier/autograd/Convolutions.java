package org.espalier.autograd;

import org.espalier.tensor.ConvolutionKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.espalier.tensor.Window;

/**
 * Convolutions of images {@code [batch, height, width, channels]}, padded by {@code dilation *
 * (kernel - 1) / 2} on each side.
 */
public final class Convolutions {
  private Convolutions() {}

  /**
   * Ordinary convolution.
   *
   * @param images {@code [batch, height, width, in]}
   * @param weights {@code [kernel, kernel, in, out]}
   * @param stride step of the window
   * @param dilation distance of the taps
   * @return {@code [batch, ceil(height / stride), ceil(width / stride), out]} for odd kernels
   */
  public static Variable convolution(Variable images, Variable weights, int stride, int dilation) {
    checkWeights(images, weights, weights.shape().dimension(-2));
    return convolve(images, weights, stride, dilation, false, weights.shape().channels());
  }

  /**
   * Convolution of each channel by itself.
   *
   * @param images {@code [batch, height, width, channels]}
   * @param weights {@code [kernel, kernel, channels, 1]}
   * @param stride step of the window
   * @param dilation distance of the taps
   */
  public static Variable depthwise(Variable images, Variable weights, int stride, int dilation) {
    checkWeights(images, weights, weights.shape().dimension(-2));
    if (weights.shape().channels() != 1) {
      throw new IllegalArgumentException(
          "depthwise weights are [kernel, kernel, channels, 1], got " + weights.shape());
    }
    return convolve(images, weights, stride, dilation, true, images.shape().channels());
  }

  private static Variable convolve(
      Variable images, Variable weights, int stride, int dilation, boolean depthwise, int out) {
    Window window = new Window(weights.shape().dimension(0), stride, dilation);
    var kind = new ConvolutionKernels.Kind(window, depthwise);
    Tape tape = images.tape();
    Tensor value = tape.allocate(window.output(images.shape(), out));
    ConvolutionKernels.forward(kind, images.value(), weights.value(), value);
    return tape.record(
        value,
        gradient -> {
          weights.addGradient(
              target ->
                  ConvolutionKernels.weightGradient(
                      kind, images.value(), weights.value(), gradient, target));
          images.addGradient(
              target ->
                  ConvolutionKernels.imageGradient(
                      kind, images.value(), weights.value(), gradient, target));
        },
        images,
        weights);
  }

  private static void checkWeights(Variable images, Variable weights, int inputs) {
    Shape shape = weights.shape();
    if (shape.rank() != 4
        || shape.dimension(0) != shape.dimension(1)
        || inputs != images.shape().channels()) {
      throw new IllegalArgumentException(
          "weights %s do not fit images %s".formatted(shape, images.shape()));
    }
  }
}
