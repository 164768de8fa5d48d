package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Resource;
import org.espalier.network.NetworkSpec;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.policy.PathCode;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.Space;

/**
 * The part of a space that is left when only some options of each choice are.
 *
 * @param whole with every option
 * @param kept for each choice its options, rising, at least one
 */
record KeptSpace(GatedSpace whole, List<List<Integer>> kept) implements Space {
  KeptSpace {
    kept = kept.stream().map(List::copyOf).toList();
  }

  @Override
  public List<Integer> sizes() {
    return kept.stream().map(List::size).toList();
  }

  /** Picks of the whole space. */
  List<Integer> inWhole(List<Integer> picks) {
    List<Integer> inWhole = new ArrayList<>();
    for (int choice = 0; choice < kept.size(); choice++) {
      inWhole.add(kept.get(choice).get(picks.get(choice)));
    }
    return inWhole;
  }

  /** For each choice the options of the whole space that a path computes. */
  List<List<Integer>> options(List<Integer> path) {
    List<List<Integer>> options = new ArrayList<>();
    for (int choice = 0; choice < kept.size(); choice++) {
      List<Integer> all = kept.get(choice);
      options.add(PathCode.options(path.get(choice), all.size()).stream().map(all::get).toList());
    }
    return options;
  }

  @Override
  public NetworkSpec network(List<Integer> picks) {
    return whole.network(inWhole(picks));
  }

  @Override
  public boolean isDegenerate(List<Integer> picks) {
    return whole.isDegenerate(inWhole(picks));
  }

  @Override
  public String describe(List<Integer> picks) {
    return whole.describe(inWhole(picks));
  }

  @Override
  public CostModel cost(Resource resource) {
    return whole.cost(resource).restricted(kept);
  }

  @Override
  public Collection<LayerCost> everyLayer() {
    return whole.everyLayer();
  }

  @Override
  public String name() {
    return whole.name();
  }
}
