package org.espalier.network;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Batch norms that can become part of a convolution's weights, as their input is a convolution that
 * nothing else reads.
 *
 * @param byConvolution the batch norm after each convolution that has one, by the convolution's
 *     name
 */
public record FoldableNorms(Map<String, NetworkSpec.Node> byConvolution) {
  public FoldableNorms {
    byConvolution = Map.copyOf(byConvolution);
  }

  /** Those of a network. */
  public static FoldableNorms of(NetworkSpec spec) {
    Map<String, Integer> readers = new HashMap<>();
    Map<String, Layer> layers = new HashMap<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      layers.put(node.name(), node.layer());
      node.inputs().forEach(source -> readers.merge(source, 1, Integer::sum));
    }
    Map<String, NetworkSpec.Node> foldable = new HashMap<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      String source = node.inputs().get(0);
      Layer before = layers.get(source);
      if (node.layer() instanceof Layer.BatchNormalization
          && (before instanceof Layer.Convolution || before instanceof Layer.DepthwiseConvolution)
          && readers.get(source) == 1) {
        foldable.put(source, node);
      }
    }
    return new FoldableNorms(foldable);
  }

  /** The batch norm that can become part of a convolution. */
  public Optional<NetworkSpec.Node> after(NetworkSpec.Node convolution) {
    return Optional.ofNullable(byConvolution.get(convolution.name()));
  }

  /** Names of the batch norms. */
  public Set<String> norms() {
    return byConvolution.values().stream()
        .map(NetworkSpec.Node::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
