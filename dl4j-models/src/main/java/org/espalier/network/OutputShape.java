package org.espalier.network;

import java.util.List;

/**
 * The shape of what a layer gives. A layer that does not fit what it reads is refused with an
 * {@link IllegalArgumentException} whose message goes on after the layer's name.
 *
 * @param inputs shapes of what the layer reads, at least one
 */
record OutputShape(List<FeatureShape> inputs) implements Layer.Visitor<FeatureShape> {

  @Override
  public FeatureShape convolution(Layer.Convolution layer) {
    FeatureShape.Image input = image();
    FeatureShape output = window(input, layer.stride(), layer.outputs());
    checkWeights((long) layer.kernel() * layer.kernel() * input.channels(), output);
    return output;
  }

  @Override
  public FeatureShape depthwiseConvolution(Layer.DepthwiseConvolution layer) {
    FeatureShape.Image input = image();
    FeatureShape output = window(input, layer.stride(), input.channels());
    checkWeights((long) layer.kernel() * layer.kernel(), output);
    return output;
  }

  @Override
  public FeatureShape batchNormalization(Layer.BatchNormalization layer) {
    return image();
  }

  @Override
  public FeatureShape activation(Layer.Activation layer) {
    return input();
  }

  @Override
  public FeatureShape pooling(Layer.Pooling layer) {
    FeatureShape.Image input = image();
    int border = 2 * ((layer.kernel() - 1) / 2) - layer.kernel();
    if (input.height() + border < 0 || input.width() + border < 0) {
      throw new IllegalArgumentException(
          "has a window of %s, larger than its input %s".formatted(layer.kernel(), input));
    }
    return new FeatureShape.Image(
        (input.height() + border) / layer.stride() + 1,
        (input.width() + border) / layer.stride() + 1,
        input.channels());
  }

  @Override
  public FeatureShape globalAveragePooling(Layer.GlobalAveragePooling layer) {
    return new FeatureShape.Vector(image().channels());
  }

  @Override
  public FeatureShape linear(Layer.Linear layer) {
    if (input() instanceof FeatureShape.Vector vector) {
      FeatureShape output = new FeatureShape.Vector(layer.outputs());
      checkWeights(vector.channels(), output);
      return output;
    }
    throw new IllegalArgumentException(
        "takes [batch, channels], got " + input() + "; put a GlobalAveragePooling before it");
  }

  @Override
  public FeatureShape add(Layer.Add layer) {
    for (FeatureShape input : inputs) {
      if (!input.equals(input())) {
        throw new IllegalArgumentException("takes inputs of one shape, got " + inputs);
      }
    }
    return input();
  }

  @Override
  public FeatureShape concatenation(Layer.Concatenation layer) {
    long channels = 0;
    for (FeatureShape input : inputs) {
      if (!withChannels(input, 1).equals(withChannels(input(), 1))) {
        throw new IllegalArgumentException(
            "takes inputs that differ in channels only, got " + inputs);
      }
      channels += input.channels();
    }
    if (channels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("gives 2^31 channels or more");
    }
    return withChannels(input(), (int) channels);
  }

  @Override
  public FeatureShape channelSlice(Layer.ChannelSlice layer) {
    if (layer.to() > input().channels()) {
      throw new IllegalArgumentException(
          "takes channels [%s, %s) of %s, which has %s"
              .formatted(layer.from(), layer.to(), input(), input().channels()));
    }
    return withChannels(input(), layer.to() - layer.from());
  }

  @Override
  public FeatureShape dropout(Layer.Dropout layer) {
    return input();
  }

  @Override
  public FeatureShape dropPath(Layer.DropPath layer) {
    return image();
  }

  @Override
  public FeatureShape scale(Layer.Scale layer) {
    return input();
  }

  private FeatureShape input() {
    return inputs.get(0);
  }

  private FeatureShape.Image image() {
    if (input() instanceof FeatureShape.Image image) {
      return image;
    }
    throw new IllegalArgumentException("takes [batch, height, width, channels], got " + input());
  }

  /** Odd kernels with the padding of {@link Layer}: their size and dilation cancel out. */
  private static FeatureShape window(FeatureShape.Image input, int stride, int channels) {
    return new FeatureShape.Image(
        (input.height() - 1) / stride + 1, (input.width() - 1) / stride + 1, channels);
  }

  /** Arrays of weights end at 2^31 values: {@code taps} of them for each output channel. */
  private void checkWeights(long taps, FeatureShape output) {
    if (taps > Integer.MAX_VALUE / output.channels()) {
      throw new IllegalArgumentException(
          "has 2^31 weights or more, from %s to %s".formatted(input(), output));
    }
  }

  private static FeatureShape withChannels(FeatureShape shape, int channels) {
    if (shape instanceof FeatureShape.Image image) {
      return new FeatureShape.Image(image.height(), image.width(), channels);
    }
    return new FeatureShape.Vector(channels);
  }
}
