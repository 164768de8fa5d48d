package org.espalier.network;

import java.util.HashMap;
import java.util.Map;

/** Finds pairs of layers that one operation computes: batch norm that only a ReLU reads. */
final class Fusions {
  private final Map<String, NetworkSpec.Node> normsByReader = new HashMap<>();

  Fusions(NetworkSpec spec) {
    Map<String, NetworkSpec.Node> nodes = new HashMap<>();
    Map<String, Integer> readers = new HashMap<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      nodes.put(node.name(), node);
      node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    for (NetworkSpec.Node node : spec.nodes()) {
      String source = node.inputs().get(0);
      if (isRelu(node.layer())
          && nodes.containsKey(source)
          && nodes.get(source).layer() instanceof Layer.BatchNormalization norm
          && norm.affine()
          && readers.get(source) == 1) {
        normsByReader.put(node.name(), nodes.get(source));
      }
    }
  }

  private static boolean isRelu(Layer layer) {
    return layer instanceof Layer.Activation activation
        && activation.function() == Layer.Activation.Function.RELU;
  }

  /** Whether the node is computed together with the one that reads it. */
  boolean leftToReader(NetworkSpec.Node node) {
    return normsByReader.containsValue(node);
  }

  /** What the node does; for a ReLU after batch norm, both, reading what the batch norm reads. */
  Operation operation(NetworkSpec.Node node, LayerParameters parameters) {
    NetworkSpec.Node norm = normsByReader.get(node.name());
    if (norm != null && norm.layer() instanceof Layer.BatchNormalization layer) {
      return new Operations(norm.name(), parameters).normRelu(layer);
    }
    return node.layer().accept(new Operations(node.name(), parameters));
  }
}
