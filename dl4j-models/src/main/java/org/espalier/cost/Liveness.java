package org.espalier.cost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.network.FeatureShape;
import org.espalier.network.NetworkSpec;

/** Which features must be held while a layer runs on one image. */
final class Liveness {
  private Liveness() {}

  /** Bytes of float32 held while each node runs, in order. */
  static List<Long> bytesHeld(NetworkSpec spec, Map<String, FeatureShape> shapes) {
    Map<String, String> owners = owners(spec);
    Map<String, NetworkSpec.Node> lastReaders = new HashMap<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      node.inputs().forEach(input -> lastReaders.put(owners.get(input), node));
    }
    List<Long> result = new ArrayList<>();
    long held = bytes(shapes.get(NetworkSpec.INPUT));
    for (NetworkSpec.Node node : spec.nodes()) {
      if (owners.get(node.name()).equals(node.name())) {
        held = Math.addExact(held, bytes(shapes.get(node.name())));
      }
      result.add(held);
      Set<String> read = new HashSet<>();
      node.inputs().forEach(input -> read.add(owners.get(input)));
      for (String owner : read) {
        // Memory that this node passes on is held for the readers of this node.
        if (lastReaders.get(owner).equals(node) && !owners.get(node.name()).equals(owner)) {
          held -= bytes(shapes.get(owner));
        }
      }
    }
    return result;
  }

  /** The node that wrote the memory of what a node gives: itself, unless it passes its input on. */
  private static Map<String, String> owners(NetworkSpec spec) {
    Map<String, String> owners = new HashMap<>(Map.of(NetworkSpec.INPUT, NetworkSpec.INPUT));
    for (NetworkSpec.Node node : spec.nodes()) {
      owners.put(
          node.name(), node.layer().passesOn() ? owners.get(node.inputs().get(0)) : node.name());
    }
    return owners;
  }

  private static long bytes(FeatureShape shape) {
    return Math.multiplyExact(Float.BYTES, shape.size());
  }
}
