package org.espalier.network;

import java.util.ArrayList;
import java.util.List;

/** Writes down a {@link NetworkSpec} layer by layer. */
public final class NetworkBuilder {
  private final String name;
  private final ImageShape input;
  private final List<NetworkSpec.Node> nodes = new ArrayList<>();

  /**
   * @param name what the network is called
   * @param input shape of one image
   */
  public NetworkBuilder(String name, ImageShape input) {
    this.name = name;
    this.input = input;
  }

  /**
   * Adds a layer.
   *
   * @param node its name, unique in the network
   * @param layer what it computes
   * @param sources earlier layers or {@link NetworkSpec#INPUT}
   * @return {@code node}, for the layers that read it
   */
  public String add(String node, Layer layer, String... sources) {
    nodes.add(new NetworkSpec.Node(node, layer, List.of(sources)));
    return node;
  }

  /** As {@link #add}, to be chained. */
  public NetworkBuilder with(String node, Layer layer, String... sources) {
    add(node, layer, sources);
    return this;
  }

  /**
   * The network.
   *
   * @throws IllegalArgumentException if it is none: see {@link NetworkSpec}
   */
  public NetworkSpec build() {
    return new NetworkSpec(name, input, nodes);
  }
}
