package org.espalier.search.space;

import java.util.ArrayList;
import java.util.List;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.report.Bars;
import org.espalier.report.Section;
import org.espalier.search.finals.Reference;

/** Shows networks of a family beside each other, layer by layer. */
public final class WidthBars {
  private WidthBars() {}

  /** The widths of some networks as bars. */
  public static Section of(ReadyMade.Family family, List<Reference> networks) {
    List<String> layers = LayerNames.of(family);
    return new Bars(
        "Output channels of each layer",
        layers,
        networks.stream()
            .map(each -> new Bars.Row(each.name(), widths(each.candidate().network(), layers)))
            .toList());
  }

  private static List<Integer> widths(NetworkSpec network, List<String> layers) {
    List<Integer> widths = new ArrayList<>();
    for (String layer : layers) {
      widths.add(
          network.nodes().stream()
              .filter(node -> LayerNames.layer(node.name()).equals(layer))
              .map(NetworkSpec.Node::layer)
              .filter(Layer.Convolution.class::isInstance)
              .map(convolution -> ((Layer.Convolution) convolution).outputs())
              .findFirst()
              .orElseThrow());
    }
    return widths;
  }
}
