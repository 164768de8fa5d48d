package org.espalier.cost;

import java.util.Optional;
import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;

/**
 * What decides the time of a layer, as a text that a person can write: its kind with kernel and
 * stride, and the shapes of its first input and its output as height x width x channels; for
 * example {@code "convolution3x3s2 16x16x8 8x8x32"}, {@code "depthwiseConvolution3x3s1 8x8x16
 * 8x8x16"}, {@code "maxPooling2x2s2 8x8x16 4x4x16"}, {@code "globalAveragePooling 4x4x64 64"},
 * {@code "add 8x8x16 8x8x16"}, {@code "relu 8x8x16 8x8x16"}, {@code "scale 8x8x16 8x8x16"} or
 * {@code "linear 64 10"}. A dilation of 2 is {@code d2} after the stride. Layers that take no time
 * of their own have none: a batch norm that becomes part of the convolution before it, dropout, and
 * what gives zeros, which exports leave out.
 */
final class LayerSignature implements Layer.Visitor<Optional<String>> {
  private static final LayerSignature KIND = new LayerSignature();

  private LayerSignature() {}

  static Optional<String> of(LayerCost layer) {
    if (layer.folded()) {
      return Optional.empty();
    }
    return layer
        .layer()
        .accept(KIND)
        .map(kind -> "%s %s %s".formatted(kind, size(layer.input()), size(layer.output())));
  }

  @Override
  public Optional<String> convolution(Layer.Convolution layer) {
    return Optional.of("convolution" + window(layer.kernel(), layer.stride(), layer.dilation()));
  }

  @Override
  public Optional<String> depthwiseConvolution(Layer.DepthwiseConvolution layer) {
    return Optional.of(
        "depthwiseConvolution" + window(layer.kernel(), layer.stride(), layer.dilation()));
  }

  @Override
  public Optional<String> batchNormalization(Layer.BatchNormalization layer) {
    return Optional.of("batchNormalization");
  }

  @Override
  public Optional<String> activation(Layer.Activation layer) {
    return Optional.of(
        switch (layer.function()) {
          case RELU -> "relu";
          case RELU6 -> "relu6";
          case HARD_SWISH -> "hardSwish";
          case SIGMOID -> "sigmoid";
          case TANH -> "tanh";
        });
  }

  @Override
  public Optional<String> pooling(Layer.Pooling layer) {
    String kind = layer.kind() == Layer.Pooling.Kind.MAX ? "maxPooling" : "averagePooling";
    return Optional.of(kind + window(layer.kernel(), layer.stride(), 1));
  }

  @Override
  public Optional<String> globalAveragePooling(Layer.GlobalAveragePooling layer) {
    return Optional.of("globalAveragePooling");
  }

  @Override
  public Optional<String> linear(Layer.Linear layer) {
    return Optional.of("linear");
  }

  @Override
  public Optional<String> add(Layer.Add layer) {
    return Optional.of("add");
  }

  @Override
  public Optional<String> concatenation(Layer.Concatenation layer) {
    return Optional.of("concatenation");
  }

  @Override
  public Optional<String> channelSlice(Layer.ChannelSlice layer) {
    return Optional.of("channelSlice");
  }

  @Override
  public Optional<String> dropout(Layer.Dropout layer) {
    return Optional.empty();
  }

  @Override
  public Optional<String> dropPath(Layer.DropPath layer) {
    return Optional.empty();
  }

  @Override
  public Optional<String> scale(Layer.Scale layer) {
    return layer.equals(Layer.Scale.ZERO) ? Optional.empty() : Optional.of("scale");
  }

  private static String window(int kernel, int stride, int dilation) {
    return "%sx%ss%s%s".formatted(kernel, kernel, stride, dilation == 1 ? "" : "d" + dilation);
  }

  private static String size(FeatureShape shape) {
    return shape instanceof FeatureShape.Image image
        ? "%sx%sx%s".formatted(image.height(), image.width(), image.channels())
        : Integer.toString(shape.channels());
  }
}
