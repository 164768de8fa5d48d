package org.espalier.tensor;

import org.bytedeco.javacpp.FloatPointer;

/**
 * The image gradient of a depthwise convolution of stride 1, computed as a forward convolution of
 * the gradient with the kernel turned by 180 degrees: oneDNN's forward kernels are the faster ones,
 * ten times so when the kernel is dilated.
 */
final class OneDnnTurnedConvolution {
  private record Key(Shape weights) {}

  private final Tensor turned;
  private final float[] given;
  private final float[] reversed;

  private OneDnnTurnedConvolution(Key key) {
    turned = Tensor.persistent(Precision.FLOAT32, key.weights());
    given = new float[Math.toIntExact(turned.size())];
    reversed = new float[given.length];
  }

  /** Whether this way is possible. */
  static boolean suits(ConvolutionKernels.Kind kind, Shape weights) {
    return kind.depthwise() && kind.window().stride() == 1 && weights.dimension(0) % 2 == 1;
  }

  static void imageGradient(
      ConvolutionKernels.Kind kind, Tensor weights, Tensor gradient, Tensor target) {
    var prepared =
        OneDnn.current().prepared(new Key(weights.shape()), OneDnnTurnedConvolution::new);
    prepared.turn(weights);
    OneDnnConvolution.forward(kind, gradient, prepared.turned, target);
  }

  private void turn(Tensor weights) {
    ((FloatPointer) weights.pointer()).get(given);
    int channels = weights.shape().dimension(2);
    int taps = given.length / channels;
    for (int tap = 0; tap < taps; tap++) {
      System.arraycopy(given, tap * channels, reversed, (taps - 1 - tap) * channels, channels);
    }
    turned.set(reversed);
  }
}
