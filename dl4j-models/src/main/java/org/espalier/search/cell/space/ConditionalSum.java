package org.espalier.search.cell.space;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Resource;
import org.espalier.search.space.PairwiseCost;
import org.espalier.search.space.PairwiseTerms;

/** Adds up what conditional layers take of a resource. */
final class ConditionalSum {
  private ConditionalSum() {}

  /**
   * The model.
   *
   * @param sizes options of each choice
   * @param layers of all networks
   * @param costs of each layer, by name
   * @param resource whose layers add up
   * @throws IllegalArgumentException if more than two choices decide whether there is a layer
   */
  static PairwiseCost of(
      List<Integer> sizes,
      List<ConditionalLayer> layers,
      Map<String, LayerCost> costs,
      Resource resource) {
    PairwiseTerms terms = new PairwiseTerms(sizes);
    terms.add(resource.ofEveryNetwork());
    for (ConditionalLayer layer : layers) {
      long amount = resource.ofLayer(costs.get(layer.name()));
      Map<Integer, Set<Integer>> allowed = layer.when().allowed();
      List<Integer> choices = List.copyOf(layer.when().allowed().keySet());
      switch (choices.size()) {
        case 0 -> terms.add(amount);
        case 1 -> {
          int only = choices.get(0);
          allowed.get(only).forEach(option -> terms.add(only, option, amount));
        }
        case 2 -> {
          int first = choices.get(0);
          int second = choices.get(1);
          for (int option : allowed.get(first)) {
            allowed.get(second).forEach(other -> terms.add(first, option, second, other, amount));
          }
        }
        default ->
            throw new IllegalArgumentException(
                "layer '%s' depends on %s choices, at most 2 are supported"
                    .formatted(layer.name(), choices.size()));
      }
    }
    return terms.sum();
  }
}
