package org.espalier.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
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
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ShapeInference;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network as the configuration of a DL4J {@code ComputationGraph} of DL4J's own layers and
 * vertices, images as {@code [batch, channels, height, width]}. A vertex has its layer's name;
 * vertices that DL4J needs besides have a colon in theirs, which no layer has.
 *
 * <p>Where DL4J has no equal layer: a dilated kernel becomes a larger one with zeros in between,
 * because DL4J's fast binaries have no dilated convolution; hard-swish becomes {@code x * relu6(x +
 * 3) / 6}; drop-path, which acts in training only, is left out. Outside training DL4J's activation
 * layers overwrite what they read, so one that is not the only reader gets a copy to itself.
 */
public final class Dl4jGraph {
  /** What the last vertex gives. */
  public enum Head {
    /** The network's logits, for inference. */
    LOGITS,
    /** Softmax with the cross-entropy loss, for training by DL4J. */
    SOFTMAX
  }

  /** Vertex that normalises pixels. */
  static final String NORMALIZATION = "input:normalization";

  /** Vertex of {@link Head#SOFTMAX}. */
  static final String SOFTMAX = "output:softmax";

  private final NetworkSpec spec;
  private final Map<String, FeatureShape> shapes;
  private final ComputationGraphConfiguration.GraphBuilder graph;

  /** Which vertex holds what a node gives. */
  private final Map<String, String> vertices = new HashMap<>();

  /** Vertices that an activation may overwrite: they have memory of their own and one reader. */
  private final Set<String> expendable = new HashSet<>();

  private Dl4jGraph(NetworkSpec spec) {
    this.spec = spec;
    this.shapes = ShapeInference.infer(spec);
    // Every layer says its own channels: with input types DL4J would infer them, and it infers
    // those after a SubsetVertex wrongly.
    this.graph =
        // The seed is written into the file: a constant makes equal networks equal files.
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.RELU)
            .activation(Activation.IDENTITY)
            .convolutionMode(ConvolutionMode.Truncate)
            .updater(new Nesterovs(0.01, 0.9))
            .weightDecay(3e-4)
            .graphBuilder()
            .addInputs(NetworkSpec.INPUT);
  }

  /**
   * The configuration of a network; training it by DL4J takes SGD with Nesterov momentum 0.9, rate
   * 0.01 and weight decay 3e-4, unless the caller sets another updater.
   *
   * @param spec the network
   * @param head what the last vertex gives
   */
  public static ComputationGraphConfiguration configuration(NetworkSpec spec, Head head) {
    return configuration(spec, head, Optional.empty());
  }

  static ComputationGraphConfiguration configuration(
      NetworkSpec spec, Head head, Optional<InputNormalization> pixels) {
    Dl4jGraph graph = new Dl4jGraph(spec);
    graph.vertices.put(NetworkSpec.INPUT, pixels.isPresent() ? NORMALIZATION : NetworkSpec.INPUT);
    if (pixels.isPresent()) {
      graph.normalize();
    }
    graph.findVertices();
    spec.nodes().forEach(graph::add);
    return graph.finish(head);
  }

  /** A convolution of each channel by itself with kernel 1: a factor and an offset a channel. */
  private void normalize() {
    int channels = spec.input().channels();
    graph.addLayer(
        NORMALIZATION, depthwise(1, 1, 1, channels).hasBias(true).build(), NetworkSpec.INPUT);
  }

  private void findVertices() {
    Map<String, Integer> readers = new HashMap<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      String vertex = skipped(node.layer()) ? vertices.get(node.inputs().get(0)) : node.name();
      vertices.put(node.name(), vertex);
      if (!skipped(node.layer())) {
        node.inputs().forEach(source -> readers.merge(vertices.get(source), 1, Integer::sum));
      }
    }
    for (NetworkSpec.Node node : spec.nodes()) {
      // Outside training a dropout layer hands on the memory of what it reads.
      if (!(node.layer() instanceof Layer.Dropout) && readers.getOrDefault(node.name(), 0) == 1) {
        expendable.add(node.name());
      }
    }
  }

  private static boolean skipped(Layer layer) {
    return layer instanceof Layer.DropPath
        || (layer instanceof Layer.Dropout dropout && dropout.rate() == 0);
  }

  private ComputationGraphConfiguration finish(Head head) {
    String last = vertices.get(spec.nodes().get(spec.nodes().size() - 1).name());
    if (head == Head.SOFTMAX) {
      graph.addLayer(
          SOFTMAX,
          new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build(),
          last);
      last = SOFTMAX;
    }
    return graph.setOutputs(last).build();
  }

  private void add(NetworkSpec.Node node) {
    String name = node.name();
    String[] sources = node.inputs().stream().map(vertices::get).toArray(String[]::new);
    int channels = shapes.get(node.inputs().get(0)).channels();
    Layer layer = node.layer();
    if (layer instanceof Layer.Add) {
      graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), sources);
    } else if (layer instanceof Layer.Concatenation) {
      graph.addVertex(name, new MergeVertex(), sources);
    } else if (layer instanceof Layer.ChannelSlice slice) {
      graph.addVertex(name, new SubsetVertex(slice.from(), slice.to() - 1), sources);
    } else if (layer instanceof Layer.Activation activation) {
      activation(name, activation.function(), sources[0]);
    } else if (!skipped(layer)) {
      graph.addLayer(name, layer(layer, channels), sources);
    }
  }

  private void activation(String name, Layer.Activation.Function function, String source) {
    switch (function) {
      case RELU -> activation(name, Activation.RELU, source);
      case RELU6 -> activation(name, Activation.RELU6, source);
      case SIGMOID -> activation(name, Activation.SIGMOID, source);
      case TANH -> activation(name, Activation.TANH, source);
      case HARD_SWISH -> hardSwish(name, source);
    }
  }

  private void activation(String name, Activation function, String source) {
    String read = source;
    if (!expendable.contains(source)) {
      read = name + ":copy";
      graph.addVertex(read, new ScaleVertex(1), source);
    }
    graph.addLayer(name, new ActivationLayer.Builder().activation(function).build(), read);
  }

  private void hardSwish(String name, String source) {
    graph.addVertex(name + ":shift", new ShiftVertex(3), source);
    expendable.add(name + ":shift");
    activation(name + ":relu6", Activation.RELU6, name + ":shift");
    graph.addVertex(name + ":gate", new ScaleVertex(1.0 / 6), name + ":relu6");
    graph.addVertex(
        name, new ElementWiseVertex(ElementWiseVertex.Op.Product), source, name + ":gate");
  }

  private static org.deeplearning4j.nn.conf.layers.Layer layer(Layer layer, int channels) {
    if (layer instanceof Layer.Convolution convolution) {
      return convolution(convolution, channels);
    } else if (layer instanceof Layer.DepthwiseConvolution convolution) {
      return depthwise(convolution.kernel(), convolution.stride(), convolution.dilation(), channels)
          .hasBias(false)
          .build();
    } else if (layer instanceof Layer.BatchNormalization normalization) {
      return new BatchNormalization.Builder()
          .nIn(channels)
          .nOut(channels)
          .eps(normalization.epsilon())
          .decay(1 - normalization.momentum())
          .lockGammaBeta(!normalization.affine())
          .useLogStd(false)
          .build();
    } else if (layer instanceof Layer.Pooling pooling) {
      return pooling(pooling);
    } else if (layer instanceof Layer.GlobalAveragePooling) {
      return new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
    } else if (layer instanceof Layer.Linear linear) {
      return new DenseLayer.Builder()
          .nIn(channels)
          .nOut(linear.outputs())
          .hasBias(linear.bias())
          .build();
    } else if (layer instanceof Layer.Dropout dropout) {
      return new DropoutLayer.Builder(new Dropout(1 - dropout.rate())).build();
    }
    throw new IllegalStateException("not one DL4J layer: " + layer);
  }

  private static ConvolutionLayer convolution(Layer.Convolution layer, int channels) {
    int side = Kernels.spreadSide(layer.kernel(), layer.dilation());
    return new ConvolutionLayer.Builder(side, side)
        .nIn(channels)
        .nOut(layer.outputs())
        .stride(layer.stride(), layer.stride())
        .padding(side / 2, side / 2)
        .hasBias(layer.bias())
        .build();
  }

  private static DepthwiseConvolution2D.Builder depthwise(
      int kernel, int stride, int dilation, int channels) {
    int side = Kernels.spreadSide(kernel, dilation);
    return new DepthwiseConvolution2D.Builder(side, side)
        .nIn(channels)
        .nOut(channels)
        .depthMultiplier(1)
        .stride(stride, stride)
        .padding(side / 2, side / 2);
  }

  private static SubsamplingLayer pooling(Layer.Pooling layer) {
    int padding = (layer.kernel() - 1) / 2;
    PoolingType kind = layer.kind() == Layer.Pooling.Kind.MAX ? PoolingType.MAX : PoolingType.AVG;
    return new SubsamplingLayer.Builder(kind)
        .kernelSize(layer.kernel(), layer.kernel())
        .stride(layer.stride(), layer.stride())
        .padding(padding, padding)
        .avgPoolIncludePadInDivisor(false)
        .build();
  }
}
