package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.espalier.cost.LayerCost;
import org.espalier.cost.PeakActivationBytes;
import org.espalier.network.FeatureShape;
import org.espalier.network.NetworkSpec;
import org.espalier.search.space.CostModel;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Memory of networks whose features have sizes at random, so that it is now this layer that counts
 * and now that one: with their own sizes it is mostly the same one.
 */
class ConditionalPeakTest {
  private static final DartsSpace DARTS = TestSpaces.darts();
  private static final MobileChainSpace CHAIN = TestSpaces.chain();

  @ParameterizedTest
  @ValueSource(longs = 1)
  void whatIsHeldFollowsTheEdgesThatAreKept(long seed) {
    compare(DARTS, DARTS.drawn(), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatIsHeldFollowsTheLayersThatAreLeftOut(long seed) {
    compare(CHAIN, CHAIN.drawn(), seed);
  }

  private static void compare(GatedSpace space, Drawn drawn, long seed) {
    Map<String, LayerCost> costs = resized(drawn.layerCosts(), seed);
    CostModel peak =
        new ConditionalPeak(space.sizes(), drawn.layers(), costs, new PeakActivationBytes())
            .largest();
    RandomGenerator random = Seeds.generator(seed, 1);
    Set<Long> peaks = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      List<Integer> picks = space.sizes().stream().map(random::nextInt).toList();
      long held = held(space.network(picks), costs);
      peaks.add(held);

      assertThat(peak.exact(picks)).as(space.describe(picks)).isEqualTo(held);
    }
    assertThat(peaks).hasSizeGreaterThan(5);
  }

  /** Outputs of equal sizes for all layers of an edge, or of a layer of a chain. */
  private static Map<String, LayerCost> resized(Map<String, LayerCost> costs, long seed) {
    Map<String, LayerCost> resized = new HashMap<>();
    costs.forEach(
        (name, cost) -> {
          String[] parts = name.split("/", -1);
          boolean edge = parts.length > 2 && parts[1].matches("\\d-\\d|layer[2-9]");
          String place = edge ? parts[0] + "/" + parts[1] : name;
          int size = 1 + Seeds.generator(seed, place.hashCode()).nextInt(edge ? 60 : 8);
          resized.put(
              name,
              new LayerCost(
                  name,
                  cost.macs(),
                  cost.parameters(),
                  0,
                  cost.layer(),
                  new FeatureShape.Vector(2),
                  new FeatureShape.Vector(size),
                  false));
        });
    return resized;
  }

  /** The most bytes held at once, from the definition. */
  private static long held(NetworkSpec spec, Map<String, LayerCost> costs) {
    List<NetworkSpec.Node> nodes = spec.nodes();
    long most = 0;
    for (int at = 0; at < nodes.size(); at++) {
      Set<String> held = new HashSet<>(Set.of(nodes.get(at).name()));
      Set<String> written = new HashSet<>(Set.of(NetworkSpec.INPUT));
      nodes.subList(0, at).forEach(node -> written.add(node.name()));
      for (NetworkSpec.Node later : nodes.subList(at, nodes.size())) {
        later.inputs().stream().filter(written::contains).forEach(held::add);
      }
      most = Math.max(most, held.stream().mapToLong(name -> bytes(name, spec, costs)).sum());
    }
    return most;
  }

  private static long bytes(String name, NetworkSpec spec, Map<String, LayerCost> costs) {
    return Float.BYTES
        * (name.equals(NetworkSpec.INPUT)
            ? costs.get(spec.nodes().get(0).name()).input().size()
            : costs.get(name).output().size());
  }
}
