package org.espalier.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A network as pure data: a directed acyclic graph of layers in topological order. Every search
 * method produces one; training, cost, export and the report read it.
 *
 * @param name what it is called in reports and files; letters, digits, {@code . _ -}
 * @param input shape of one image
 * @param nodes layers in an order in which each comes after its inputs; the last one gives the
 *     logits {@code [batch, classes]}, every other one is read by a later one
 */
public record NetworkSpec(String name, ImageShape input, List<Node> nodes) {
  /** The name by which nodes refer to the network's input. */
  public static final String INPUT = "input";

  public NetworkSpec {
    Objects.requireNonNull(input, "input");
    nodes = List.copyOf(nodes);
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "a network name has letters, digits and . _ - only, got '" + name + "'");
    }
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("network '" + name + "' has no layers");
    }
    Set<String> known = new HashSet<>(Set.of(INPUT));
    Set<String> unread = new LinkedHashSet<>();
    for (Node node : nodes) {
      for (String source : node.inputs()) {
        if (!known.contains(source)) {
          throw new IllegalArgumentException(
              "layer '%s' reads '%s', which is not a layer before it"
                  .formatted(node.name(), source));
        }
        unread.remove(source);
      }
      if (!known.add(node.name())) {
        throw new IllegalArgumentException("two layers are called '" + node.name() + "'");
      }
      unread.add(node.name());
    }
    unread.remove(nodes.get(nodes.size() - 1).name());
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "network '%s' computes layers that nothing reads: %s".formatted(name, unread));
    }
  }

  /** Output channels of convolutions and linear layers, by name, in order. */
  public Map<String, Integer> widths() {
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (node.layer() instanceof Layer.Convolution convolution) {
        widths.put(node.name(), convolution.outputs());
      } else if (node.layer() instanceof Layer.Linear linear) {
        widths.put(node.name(), linear.outputs());
      }
    }
    return widths;
  }

  /** Its layers without their names: equal for networks that differ in what things are called. */
  public List<Unnamed> unnamed() {
    Map<String, Integer> places = new HashMap<>(Map.of(INPUT, -1));
    List<Unnamed> unnamed = new ArrayList<>();
    for (Node node : nodes) {
      List<Integer> inputs =
          node.inputs().stream().map(source -> Objects.requireNonNull(places.get(source))).toList();
      places.put(node.name(), unnamed.size());
      unnamed.add(new Unnamed(node.layer(), inputs));
    }
    return List.copyOf(unnamed);
  }

  /**
   * A layer by its place.
   *
   * @param layer what it computes
   * @param inputs places of the nodes it reads, from 0; -1 is the network's input
   */
  public record Unnamed(Layer layer, List<Integer> inputs) {}

  /**
   * One layer and where it reads from.
   *
   * @param name unique in the network; letters, digits, {@code . _ / -}
   * @param layer what it computes
   * @param inputs names of earlier nodes or {@link #INPUT}; exactly one, except for {@link
   *     Layer.Add} and {@link Layer.Concatenation}, which take two or more
   */
  public record Node(String name, Layer layer, List<String> inputs) {
    public Node {
      Objects.requireNonNull(layer, "layer");
      inputs = List.copyOf(inputs);
      if (!name.matches("[A-Za-z0-9._/-]+") || name.equals(INPUT)) {
        throw new IllegalArgumentException(
            "a layer name has letters, digits and . _ / - only and is not 'input', got '"
                + name
                + "'");
      }
      boolean many = layer instanceof Layer.Add || layer instanceof Layer.Concatenation;
      if (many ? inputs.size() < 2 : inputs.size() != 1) {
        throw new IllegalArgumentException(
            "layer '%s' takes %s, got %s"
                .formatted(name, many ? "two or more inputs" : "one input", inputs.size()));
      }
    }
  }
}
