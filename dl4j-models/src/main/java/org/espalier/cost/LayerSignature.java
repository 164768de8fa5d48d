package org.espalier.cost;

import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;

/**
 * What decides the time of a layer, as a text that a person can write: its kind with kernel and
 * stride, and the shapes of its first input and its output as height x width x channels; for
 * example {@code "convolution3x3s2 16x16x8 8x8x32"}, {@code "depthwiseConvolution3x3s1 8x8x16
 * 8x8x16"}, {@code "maxPooling2x2s2 8x8x16 4x4x16"}, {@code "globalAveragePooling 4x4x64 64"},
 * {@code "add 8x8x16 8x8x16"} or {@code "linear 64 10"}. A dilation of 2 is {@code d2} after the
 * stride.
 */
final class LayerSignature {
  private LayerSignature() {}

  static String of(LayerCost layer) {
    return "%s %s %s".formatted(kind(layer.layer()), size(layer.input()), size(layer.output()));
  }

  private static String kind(Layer layer) {
    if (layer instanceof Layer.Convolution each) {
      return "convolution" + window(each.kernel(), each.stride(), each.dilation());
    } else if (layer instanceof Layer.DepthwiseConvolution each) {
      return "depthwiseConvolution" + window(each.kernel(), each.stride(), each.dilation());
    } else if (layer instanceof Layer.Pooling each) {
      String kind = each.kind() == Layer.Pooling.Kind.MAX ? "maxPooling" : "averagePooling";
      return kind + window(each.kernel(), each.stride(), 1);
    }
    String name = layer.getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static String window(int kernel, int stride, int dilation) {
    return "%dx%ds%d%s".formatted(kernel, kernel, stride, dilation == 1 ? "" : "d" + dilation);
  }

  private static String size(FeatureShape shape) {
    return shape instanceof FeatureShape.Image image
        ? "%dx%dx%d".formatted(image.height(), image.width(), image.channels())
        : Integer.toString(shape.channels());
  }
}
