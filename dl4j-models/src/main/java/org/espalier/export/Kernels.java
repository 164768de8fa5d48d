package org.espalier.export;

/** Convolution weights in the orders and sizes that other programs expect. */
final class Kernels {
  private Kernels() {}

  /** {@code [k, k, in, out] -> [out, in, k, k]}. */
  static float[] outputsFirst(float[] weights, int kernel, int inputs, int outputs) {
    float[] turned = new float[weights.length];
    int window = kernel * kernel;
    for (int place = 0; place < window; place++) {
      for (int i = 0; i < inputs; i++) {
        for (int o = 0; o < outputs; o++) {
          turned[(o * inputs + i) * window + place] = weights[(place * inputs + i) * outputs + o];
        }
      }
    }
    return turned;
  }

  /**
   * A dilated kernel written as a larger one without dilation, zeros between the weights: {@code
   * [k, k, ...] -> [side, side, ...]} with {@code side = dilation * (k - 1) + 1}. Convolving with
   * it is the same sum, zeros added.
   */
  static float[] spread(float[] weights, int kernel, int dilation) {
    int side = spreadSide(kernel, dilation);
    int slice = weights.length / (kernel * kernel);
    float[] spread = new float[side * side * slice];
    for (int row = 0; row < kernel; row++) {
      for (int column = 0; column < kernel; column++) {
        int to = (row * dilation * side + column * dilation) * slice;
        System.arraycopy(weights, (row * kernel + column) * slice, spread, to, slice);
      }
    }
    return spread;
  }

  static int spreadSide(int kernel, int dilation) {
    return dilation * (kernel - 1) + 1;
  }

  /** Images {@code [count, height, width, channels] -> [count, channels, height, width]}. */
  static float[] channelsFirst(float[] images, int count, int places, int channels) {
    float[] turned = new float[images.length];
    for (int image = 0; image < count; image++) {
      int base = image * places * channels;
      for (int place = 0; place < places; place++) {
        for (int c = 0; c < channels; c++) {
          turned[base + c * places + place] = images[base + place * channels + c];
        }
      }
    }
    return turned;
  }
}
