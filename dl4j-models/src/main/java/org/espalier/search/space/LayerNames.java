package org.espalier.search.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;

/**
 * Finds which layer each width of a family sets, by building the family with widths that are
 * different everywhere and looking which convolution has which.
 */
final class LayerNames {
  /** So large and odd that no fixed width is among those tried. */
  private static final int PROBE = 1_000_003;

  private static final ImageShape ANY_INPUT = new ImageShape(32, 32, 3);
  private static final String CONVOLUTION = "/conv";

  private LayerNames() {}

  /** Names in the family's order of widths, such as {@code stem} or {@code block1/2}. */
  static List<String> of(ReadyMade.Family family) {
    List<Integer> probes = new ArrayList<>();
    for (int i = 0; i < family.usualWidths().size(); i++) {
      probes.add(PROBE + i);
    }
    Map<Integer, String> names = new LinkedHashMap<>();
    for (NetworkSpec.Node node : family.build(ANY_INPUT, 1, probes).nodes()) {
      if (node.layer() instanceof Layer.Convolution convolution) {
        // The first: a shortcut that must agree with a layer comes after it.
        names.putIfAbsent(convolution.outputs(), layer(node.name()));
      }
    }
    return probes.stream().map(probe -> name(names, probe, family)).toList();
  }

  /** The layer that a node of a network belongs to as its convolution. */
  static String layer(String node) {
    return node.endsWith(CONVOLUTION)
        ? node.substring(0, node.length() - CONVOLUTION.length())
        : node;
  }

  private static String name(Map<Integer, String> names, int probe, ReadyMade.Family family) {
    String name = names.get(probe);
    if (name == null) {
      throw new IllegalStateException(
          "width %s of %s is no convolution's".formatted(probe - PROBE, family));
    }
    return name;
  }

  /** The block of a layer: the part of its name before the first slash. */
  static String block(String layer) {
    return layer.split("/", 2)[0];
  }
}
