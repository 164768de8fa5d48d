package org.espalier.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
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
 * 3) / 6}; drop-path, which acts in training only, is left out; a learned scale becomes a constant.
 * Outside training DL4J's activation layers overwrite what they read, so one that is not the only
 * reader gets a copy to itself.
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
        NORMALIZATION,
        Dl4jVertex.depthwise(1, 1, 1, channels).hasBias(true).build(),
        NetworkSpec.INPUT);
  }

  private void findVertices() {
    Map<String, Integer> readers = new HashMap<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      String vertex = leftOut(node.layer()) ? vertices.get(node.inputs().get(0)) : node.name();
      vertices.put(node.name(), vertex);
      if (!leftOut(node.layer())) {
        node.inputs().forEach(source -> readers.merge(vertices.get(source), 1, Integer::sum));
      }
    }
    for (NetworkSpec.Node node : spec.nodes()) {
      // What hands on the memory of what it reads has none of its own.
      if (!node.layer().passesOn() && readers.getOrDefault(node.name(), 0) == 1) {
        expendable.add(node.name());
      }
    }
  }

  /** Whether it has no vertex: DL4J has no drop-path, and no dropout of nothing. */
  private static boolean leftOut(Layer layer) {
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
    List<String> sources = node.inputs().stream().map(vertices::get).toList();
    int channels = shapes.get(node.inputs().get(0)).channels();
    if (!leftOut(node.layer())) {
      node.layer().accept(new Dl4jVertex(node.name(), sources, channels, expendable, graph));
    }
  }
}
