package org.espalier.export;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.espalier.network.Layer;
import org.nd4j.linalg.activations.Activation;

/**
 * Adds one layer to the graph of {@link Dl4jGraph} and gives that graph back.
 *
 * @param name of the vertex
 * @param sources vertices that it reads
 * @param channels of what it reads first
 * @param expendable vertices that an activation may overwrite
 * @param graph receives the vertex, and those that DL4J needs besides
 */
record Dl4jVertex(
    String name, List<String> sources, int channels, Set<String> expendable, GraphBuilder graph)
    implements Layer.Visitor<GraphBuilder> {

  @Override
  public GraphBuilder convolution(Layer.Convolution layer) {
    int side = Kernels.spreadSide(layer.kernel(), layer.dilation());
    return add(
        new ConvolutionLayer.Builder(side, side)
            .nIn(channels)
            .nOut(layer.outputs())
            .stride(layer.stride(), layer.stride())
            .padding(side / 2, side / 2)
            .hasBias(layer.bias())
            .build());
  }

  @Override
  public GraphBuilder depthwiseConvolution(Layer.DepthwiseConvolution layer) {
    return add(
        depthwise(layer.kernel(), layer.stride(), layer.dilation(), channels)
            .hasBias(false)
            .build());
  }

  @Override
  public GraphBuilder batchNormalization(Layer.BatchNormalization layer) {
    return add(
        new BatchNormalization.Builder()
            .nIn(channels)
            .nOut(channels)
            .eps(layer.epsilon())
            .decay(1 - layer.momentum())
            .lockGammaBeta(!layer.affine())
            .useLogStd(false)
            .build());
  }

  @Override
  public GraphBuilder activation(Layer.Activation layer) {
    return switch (layer.function()) {
      case RELU -> activation(name, Activation.RELU, source());
      case RELU6 -> activation(name, Activation.RELU6, source());
      case SIGMOID -> activation(name, Activation.SIGMOID, source());
      case TANH -> activation(name, Activation.TANH, source());
      case HARD_SWISH -> hardSwish(source());
    };
  }

  @Override
  public GraphBuilder pooling(Layer.Pooling layer) {
    int padding = (layer.kernel() - 1) / 2;
    PoolingType kind = layer.kind() == Layer.Pooling.Kind.MAX ? PoolingType.MAX : PoolingType.AVG;
    return add(
        new SubsamplingLayer.Builder(kind)
            .kernelSize(layer.kernel(), layer.kernel())
            .stride(layer.stride(), layer.stride())
            .padding(padding, padding)
            .avgPoolIncludePadInDivisor(false)
            .build());
  }

  @Override
  public GraphBuilder globalAveragePooling(Layer.GlobalAveragePooling layer) {
    return add(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
  }

  @Override
  public GraphBuilder linear(Layer.Linear layer) {
    return add(
        new DenseLayer.Builder().nIn(channels).nOut(layer.outputs()).hasBias(layer.bias()).build());
  }

  @Override
  public GraphBuilder add(Layer.Add layer) {
    return add(new ElementWiseVertex(ElementWiseVertex.Op.Add));
  }

  @Override
  public GraphBuilder concatenation(Layer.Concatenation layer) {
    return add(new MergeVertex());
  }

  @Override
  public GraphBuilder channelSlice(Layer.ChannelSlice layer) {
    return add(new SubsetVertex(layer.from(), layer.to() - 1));
  }

  @Override
  public GraphBuilder dropout(Layer.Dropout layer) {
    return add(new DropoutLayer.Builder(new Dropout(1 - layer.rate())).build());
  }

  @Override
  public GraphBuilder dropPath(Layer.DropPath layer) {
    throw new IllegalStateException("DL4J has no drop-path, '" + name + "' must be left out");
  }

  @Override
  public GraphBuilder scale(Layer.Scale layer) {
    return add(new ScaleVertex(layer.factor()));
  }

  private GraphBuilder add(org.deeplearning4j.nn.conf.layers.Layer layer) {
    return graph.addLayer(name, layer, sources.toArray(String[]::new));
  }

  private GraphBuilder add(GraphVertex vertex) {
    return graph.addVertex(name, vertex, sources.toArray(String[]::new));
  }

  private String source() {
    return sources.get(0);
  }

  private GraphBuilder activation(String vertex, Activation function, String source) {
    String read = source;
    if (!expendable.contains(source)) {
      read = vertex + ":copy";
      graph.addVertex(read, new ScaleVertex(1), source);
    }
    return graph.addLayer(vertex, new ActivationLayer.Builder().activation(function).build(), read);
  }

  private GraphBuilder hardSwish(String source) {
    graph.addVertex(name + ":shift", new ShiftVertex(3), source);
    expendable.add(name + ":shift");
    activation(name + ":relu6", Activation.RELU6, name + ":shift");
    graph.addVertex(name + ":gate", new ScaleVertex(1.0 / 6), name + ":relu6");
    return graph.addVertex(
        name, new ElementWiseVertex(ElementWiseVertex.Op.Product), source, name + ":gate");
  }

  static DepthwiseConvolution2D.Builder depthwise(
      int kernel, int stride, int dilation, int channels) {
    int side = Kernels.spreadSide(kernel, dilation);
    return new DepthwiseConvolution2D.Builder(side, side)
        .nIn(channels)
        .nOut(channels)
        .depthMultiplier(1)
        .stride(stride, stride)
        .padding(side / 2, side / 2);
  }
}
