package org.espalier.export;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;

/**
 * What of a network its result depends on. A sum is the same without terms that are zeros, such as
 * edges of a cell that have no operation, and layers that only such terms read need not be computed
 * either.
 *
 * @param zeros nodes that give zeros
 * @param nodes that are needed
 */
record Needed(Set<String> zeros, Set<String> nodes) {

  /** What the last node of a network depends on. */
  static Needed of(NetworkSpec spec) {
    Set<String> zeros = new HashSet<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      if (node.layer().equals(Layer.Scale.ZERO)
          || (node.layer() instanceof Layer.Add && zeros.containsAll(node.inputs()))) {
        zeros.add(node.name());
      }
    }
    Needed needed = new Needed(zeros, new HashSet<>());
    List<NetworkSpec.Node> nodes = spec.nodes();
    needed.nodes.add(nodes.get(nodes.size() - 1).name());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (needed.has(nodes.get(i))) {
        needed.nodes.addAll(needed.inputs(nodes.get(i)));
      }
    }
    return needed;
  }

  boolean has(NetworkSpec.Node node) {
    return nodes.contains(node.name());
  }

  /**
   * Whether only zeros are left out, and the poolings that bring them to their size, and no pooling
   * is there twice.
   */
  boolean eachOnce(NetworkSpec spec) {
    Set<String> sizes = new HashSet<>();
    Set<List<Object>> poolings = new HashSet<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      if (node.layer().equals(Layer.Scale.ZERO)) {
        sizes.addAll(node.inputs());
      } else if (node.layer() instanceof Layer.Pooling
          && has(node)
          && !poolings.add(List.of(node.layer(), node.inputs()))) {
        return false;
      }
    }
    return spec.nodes().stream()
        .allMatch(
            node ->
                zeros.contains(node.name())
                    ? node.layer() instanceof Layer.Scale && !has(node)
                    : has(node)
                        || (node.layer() instanceof Layer.Pooling && sizes.contains(node.name())));
  }

  /** What of the inputs of a node matters; of a sum of zeros the first. */
  List<String> inputs(NetworkSpec.Node node) {
    if (!(node.layer() instanceof Layer.Add)) {
      return node.inputs();
    }
    List<String> terms = node.inputs().stream().filter(each -> !zeros.contains(each)).toList();
    return terms.isEmpty() ? node.inputs().subList(0, 1) : terms;
  }
}
