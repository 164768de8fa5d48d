package org.espalier.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx;
import org.espalier.network.FeatureShape;
import org.espalier.network.FoldableNorms;
import org.espalier.network.NetworkSpec;

/**
 * Writes the layers of one model as ONNX operations. The value that a node gives is called {@code
 * <node>/output}, its constants {@code <node>/weight} and so on; as the last part tells them apart
 * and no layer is called {@code input}, names never clash.
 */
final class OnnxLayers {
  private final TrainedModel model;
  private final OnnxGraph graph;
  private final String result;
  private final OnnxOptions options;

  /** Where the value of each node is found. */
  private final Map<String, String> values = new HashMap<>();

  /** Batch norms that become part of the convolution they read. */
  private final FoldableNorms folded;

  /** Layers without which the result is the same: {@link Needed}. */
  private final Needed needed;

  /**
   * Starts a translation.
   *
   * @param model what is exported
   * @param graph receives the operations
   * @param images name of the value that holds normalised images, {@code [batch, channels, height,
   *     width]}
   * @param result what the logits are called
   * @param options how the file is written
   */
  OnnxLayers(
      TrainedModel model, OnnxGraph graph, String images, String result, OnnxOptions options) {
    this.model = model;
    this.graph = graph;
    this.result = result;
    this.options = options;
    this.needed = Needed.of(model.spec());
    this.folded =
        options.foldBatchNormalization()
            ? FoldableNorms.of(model.spec())
            : new FoldableNorms(Map.of());
    values.put(NetworkSpec.INPUT, images);
  }

  /** Writes all layers. */
  void translate() {
    for (NetworkSpec.Node node : model.spec().nodes()) {
      if (!needed.has(node)) {
        continue;
      }
      if (!values.containsKey(node.name())) {
        values.put(node.name(), node.layer().accept(new OnnxOperation(node, model, graph, this)));
      }
      if (values.get(node.name()).equals(node.name() + "/output")) {
        graph.between(values.get(node.name()), shape(model.shape(node.name())));
      }
    }
    String last = model.lastNode().name();
    if (!values.get(last).equals(result)) {
      graph.node("Identity", last, List.of(values.get(last)), result);
    }
  }

  private Onnx.TensorShapeProto shape(FeatureShape feature) {
    int[] sizes =
        feature instanceof FeatureShape.Image image
            ? new int[] {image.channels(), image.height(), image.width()}
            : new int[] {feature.channels()};
    Onnx.TensorShapeProto.Builder shape =
        Onnx.TensorShapeProto.newBuilder().addDim(OnnxExport.batch(options));
    for (int size : sizes) {
      shape.addDim(OnnxExport.dimension(size));
    }
    return shape.build();
  }

  /** Version of the operators there are. */
  int operatorSet() {
    return options.operatorSet();
  }

  /** Names of the values that a node reads; of sums without terms that are zeros. */
  List<String> inputs(NetworkSpec.Node node) {
    return needed.inputs(node).stream().map(values::get).toList();
  }

  /** What the value that a node gives is called. */
  String output(NetworkSpec.Node node) {
    return node.equals(model.lastNode()) ? result : node.name() + "/output";
  }

  /**
   * The batch norm that becomes part of a convolution, whose value is from now on what the
   * convolution gives; nothing if there is none.
   */
  Optional<NetworkSpec.Node> fold(NetworkSpec.Node convolution) {
    Optional<NetworkSpec.Node> norm = folded.after(convolution);
    norm.ifPresent(node -> values.put(node.name(), output(node)));
    return norm;
  }
}
