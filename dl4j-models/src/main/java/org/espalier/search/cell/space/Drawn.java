package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Resource;
import org.espalier.network.ImageShape;
import org.espalier.search.space.CostModel;

/**
 * A space as it is drawn, and what comes of the drawing.
 *
 * @param name of its networks
 * @param input shape of one image
 * @param decisions what its choices decide
 * @param blueprint draws the networks
 */
record Drawn(String name, ImageShape input, List<Decision> decisions, Blueprint blueprint) {

  /** The network that computes some options; zeros only where nothing else of a choice is on. */
  Gated supernet(List<List<Integer>> options, Form form) {
    check(options);
    List<List<Integer>> worth = new ArrayList<>();
    for (int choice = 0; choice < options.size(); choice++) {
      Set<Integer> zeros = decisions.get(choice).with(Decision.Effect.ZERO);
      List<Integer> some =
          options.get(choice).stream().filter(option -> !zeros.contains(option)).toList();
      worth.add(some.isEmpty() ? options.get(choice).subList(0, 1) : some);
    }
    return drawn(worth, form);
  }

  private Gated drawn(List<List<Integer>> options, Form form) {
    NetworkSketch sketch = new NetworkSketch(name, input, options, sizes(), form);
    String unused = blueprint.draw(sketch);
    return sketch.gated();
  }

  /** What networks take of a resource. */
  CostModel cost(Resource resource) {
    return switch (resource.total()) {
      case SUM -> ConditionalSum.of(sizes(), layers(), layerCosts(), resource);
      case LARGEST -> new ConditionalPeak(sizes(), layers(), layerCosts(), resource).largest();
    };
  }

  /** The layers of all networks, in the order in which they run. */
  List<ConditionalLayer> layers() {
    LayerSketch sketch = new LayerSketch();
    List<ConditionalLayer.Read> unused = blueprint.draw(sketch);
    return sketch.layers();
  }

  /** What each layer of any network takes, by name: it does not depend on what else there is. */
  Map<String, LayerCost> layerCosts() {
    List<List<Integer>> all =
        sizes().stream().map(size -> IntStream.range(0, size).boxed().toList()).toList();
    Map<String, LayerCost> costs = new HashMap<>();
    for (LayerCost layer : NetworkCost.of(drawn(all, Form.PLAIN).spec()).layers()) {
      costs.put(layer.name(), layer);
    }
    return costs;
  }

  private List<Integer> sizes() {
    return decisions.stream().map(decision -> decision.options().size()).toList();
  }

  private void check(List<List<Integer>> options) {
    if (options.size() != decisions.size()) {
      throw new IllegalArgumentException(
          "there are %s choices, got options of %s".formatted(decisions.size(), options.size()));
    }
    for (int choice = 0; choice < options.size(); choice++) {
      int previous = -1;
      int size = decisions.get(choice).options().size();
      for (int option : options.get(choice)) {
        if (option <= previous || option >= size) {
          previous = size;
        } else {
          previous = option;
        }
      }
      if (previous < 0 || previous >= size) {
        throw new IllegalArgumentException(
            "options of '%s' are at least one from 0 to %s, rising, got %s"
                .formatted(decisions.get(choice).name(), size - 1, options.get(choice)));
      }
    }
  }
}
