package org.espalier.cost;

import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;

/**
 * Counts what one layer costs; which of its work counts as MACs is said at {@link NetworkCost}.
 *
 * @param input shape of what the layer reads first
 * @param output shape of what it gives
 */
record LayerCounter(FeatureShape input, FeatureShape output)
    implements Layer.Visitor<LayerCounter.Count> {

  /**
   * What was counted.
   *
   * @param macs multiply-accumulates for one image
   * @param parameters learned values
   */
  record Count(long macs, long parameters) {
    private static final Count FREE = new Count(0, 0);
  }

  @Override
  public Count convolution(Layer.Convolution layer) {
    long taps = (long) layer.kernel() * layer.kernel() * input.channels();
    long weights = Math.multiplyExact(taps, (long) layer.outputs());
    return new Count(
        Math.multiplyExact(output.size(), taps), weights + (layer.bias() ? layer.outputs() : 0));
  }

  @Override
  public Count depthwiseConvolution(Layer.DepthwiseConvolution layer) {
    long taps = (long) layer.kernel() * layer.kernel();
    return new Count(Math.multiplyExact(output.size(), taps), input.channels() * taps);
  }

  @Override
  public Count batchNormalization(Layer.BatchNormalization layer) {
    return new Count(0, layer.affine() ? 2L * input.channels() : 0);
  }

  @Override
  public Count activation(Layer.Activation layer) {
    return Count.FREE;
  }

  @Override
  public Count pooling(Layer.Pooling layer) {
    return Count.FREE;
  }

  @Override
  public Count globalAveragePooling(Layer.GlobalAveragePooling layer) {
    return Count.FREE;
  }

  @Override
  public Count linear(Layer.Linear layer) {
    long biases = layer.bias() ? layer.outputs() : 0;
    return new Count(
        Math.multiplyExact(output.size(), input.size()),
        (long) input.channels() * layer.outputs() + biases);
  }

  @Override
  public Count add(Layer.Add layer) {
    return Count.FREE;
  }

  @Override
  public Count concatenation(Layer.Concatenation layer) {
    return Count.FREE;
  }

  @Override
  public Count channelSlice(Layer.ChannelSlice layer) {
    return Count.FREE;
  }

  @Override
  public Count dropout(Layer.Dropout layer) {
    return Count.FREE;
  }

  @Override
  public Count dropPath(Layer.DropPath layer) {
    return Count.FREE;
  }

  @Override
  public Count scale(Layer.Scale layer) {
    return layer.learned() ? new Count(0, 1) : Count.FREE;
  }
}
