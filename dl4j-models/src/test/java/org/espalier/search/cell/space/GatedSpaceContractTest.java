package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a supernet may rely on, for every space. */
class GatedSpaceContractTest {
  private static final Form BARE = new Form(false, 0, false, 0);
  private static final Form GATES = new Form(false, 0, true, 0);

  static List<GatedSpace> spaces() {
    return TestSpaces.small();
  }

  private static List<List<Integer>> only(List<Integer> picks) {
    return picks.stream().map(List::of).toList();
  }

  private static List<Integer> picks(GatedSpace space, RandomGenerator random) {
    return space.sizes().stream().map(random::nextInt).toList();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void oneOptionOfEachChoiceIsTheNetworkOfThesePicks(GatedSpace space) {
    RandomGenerator random = Seeds.generator(1);
    for (int i = 0; i < 10; i++) {
      List<Integer> picks = picks(space, random);

      Gated one = space.supernet(only(picks), Form.PLAIN);

      assertThat(one.spec()).isEqualTo(space.network(picks));
      assertThat(one.gates()).allSatisfy(each -> assertThat(each).allMatch(List::isEmpty));
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void canonicalPicksGiveTheSameNetworkAndAreTheirOwn(GatedSpace space) {
    RandomGenerator random = Seeds.generator(5);
    for (int i = 0; i < 20; i++) {
      List<Integer> picks = picks(space, random);

      List<Integer> canonical = space.canonical(picks);

      assertThat(space.network(canonical).unnamed()).isEqualTo(space.network(picks).unnamed());
      assertThat(space.canonical(canonical)).isEqualTo(canonical);
    }
  }

  /** One-hot gates in the network of everything leave the network of the picks. */
  @ParameterizedTest
  @MethodSource("spaces")
  void whatTheGatesShutOutDoesNotCount(GatedSpace space) {
    Gated everything = space.supernet(space.everything(), GATES);
    Weights weights = Weights.of(everything.spec());
    RandomGenerator random = Seeds.generator(2);
    for (int i = 0; i < 8; i++) {
      List<Integer> picks = picks(space, random);
      factors(everything, picks).forEach(weights::gate);

      float[] gated = weights.logits(everything.spec());
      float[] bare = weights.logits(space.supernet(only(picks), BARE).spec());

      assertThat(gated).as(space.describe(picks)).containsExactly(bare, within(2e-4f));
    }
  }

  private static Map<String, Double> factors(Gated gated, List<Integer> picks) {
    Map<String, Double> factors = new HashMap<>();
    for (int choice = 0; choice < picks.size(); choice++) {
      List<List<String>> gates = gated.gates().get(choice);
      for (int option = 0; option < gates.size(); option++) {
        double weight = option == picks.get(choice) ? 1 : 0;
        gates.get(option).forEach(node -> factors.merge(node, weight, Double::sum));
      }
    }
    return factors;
  }

  /** Layers that give zeros cut off what is behind them. */
  @ParameterizedTest
  @MethodSource("spaces")
  void aNetworkIsDegenerateIfNoWayLeadsFromItsImagesToItsOutput(GatedSpace space) {
    List<Set<Integer>> zeros =
        space.decisions().stream().map(each -> each.with(Decision.Effect.ZERO)).toList();
    RandomGenerator random = Seeds.generator(3);
    int degenerate = 0;
    for (int i = 0; i < 200; i++) {
      List<Integer> picks = new ArrayList<>(picks(space, random));
      for (int choice = 0; choice < picks.size(); choice++) {
        if (!zeros.get(choice).isEmpty() && random.nextDouble() < 0.8) {
          picks.set(choice, zeros.get(choice).iterator().next());
        }
      }
      boolean none = !leadsThrough(space.network(picks));

      assertThat(space.isDegenerate(picks)).as(space.describe(picks)).isEqualTo(none);
      degenerate += none ? 1 : 0;
    }
    boolean chain = zeros.stream().allMatch(Set::isEmpty);
    assertThat(degenerate).isBetween(chain ? 0 : 10, chain ? 0 : 190);
  }

  private static boolean leadsThrough(NetworkSpec spec) {
    Set<String> reached = new HashSet<>(Set.of(NetworkSpec.INPUT));
    boolean last = true;
    for (NetworkSpec.Node node : spec.nodes()) {
      last =
          !node.layer().equals(Layer.Scale.ZERO)
              && node.inputs().stream().anyMatch(reached::contains);
      if (last) {
        reached.add(node.name());
      }
    }
    return last;
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void everyGateIsALearnedScaleAndHasAnOption(GatedSpace space) {
    Gated everything = space.supernet(space.everything(), GATES);
    Set<String> scales = new HashSet<>();
    for (NetworkSpec.Node node : everything.spec().nodes()) {
      if (node.layer().equals(Layer.Scale.LEARNED)) {
        scales.add(node.name());
      }
    }

    Set<String> named = new HashSet<>();
    for (int choice = 0; choice < space.sizes().size(); choice++) {
      Set<Integer> zeros = space.decisions().get(choice).with(Decision.Effect.ZERO);
      List<List<String>> options = everything.gates().get(choice);
      assertThat(options).hasSize(space.sizes().get(choice));
      for (int option = 0; option < options.size(); option++) {
        assertThat(options.get(option).isEmpty()).isEqualTo(zeros.contains(option));
        named.addAll(options.get(option));
      }
    }
    assertThat(named).isEqualTo(scales).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void anOptionHasTheSameParametersWhateverElseIsOn(GatedSpace space) {
    Form form = new Form(true, 0.2, true, 0.5);
    Map<String, Shape> all = Weights.shapes(space.supernet(space.everything(), form).spec());
    RandomGenerator random = Seeds.generator(3);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      List<List<Integer>> some = new ArrayList<>();
      for (int size : space.sizes()) {
        int fixed = random.nextInt(size);
        some.add(
            IntStream.range(0, size)
                .filter(option -> option == fixed || random.nextInt(4) == 0)
                .boxed()
                .toList());
      }

      Map<String, Shape> shapes = Weights.shapes(space.supernet(some, form).spec());

      assertThat(all).containsAllEntriesOf(shapes);
      seen.addAll(shapes.keySet());
    }
    assertThat(seen).isEqualTo(all.keySet());
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void theFormIsWhatWasAskedFor(GatedSpace space) {
    List<Layer> plain = layers(space.supernet(space.everything(), BARE));
    List<Layer> dressed =
        layers(space.supernet(space.everything(), new Form(true, 0.25, false, 0.5)));

    assertThat(plain)
        .noneMatch(Layer.Dropout.class::isInstance)
        .noneMatch(Layer.Scale.class::isInstance)
        .noneMatch(layer -> layer instanceof Layer.BatchNormalization norm && norm.affine());
    boolean skips =
        space.decisions().stream().anyMatch(each -> !each.with(Decision.Effect.SKIP).isEmpty());
    assertThat(dressed.contains(new Layer.Dropout(0.25))).isEqualTo(skips);
    assertThat(dressed).contains(Layer.Scale.by(0.5));
    assertThat(dressed)
        .filteredOn(Layer.BatchNormalization.class::isInstance)
        .anyMatch(layer -> ((Layer.BatchNormalization) layer).affine());
  }

  private static List<Layer> layers(Gated gated) {
    return gated.spec().nodes().stream().map(NetworkSpec.Node::layer).toList();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void statesOfASearchCanHoldIt(GatedSpace space) {
    RecordCodec<GatedSpace> codec = new RecordCodec<>(GatedSpace.class);

    assertThat(codec.decode(codec.encode(space))).isEqualTo(space);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void picksMeanTheSameInLargerNetworks(GatedSpace space) {
    GatedSpace larger = space.with(space.skeleton().cells() + 1, 2 * space.skeleton().channels());
    List<Integer> picks = picks(space, Seeds.generator(4));

    assertThat(larger.decisions()).isEqualTo(space.decisions());
    assertThat(larger.describe(picks)).isEqualTo(space.describe(picks));
    assertThat(larger.candidate(picks).parameters())
        .isGreaterThan(space.candidate(picks).parameters());
  }

  @Test
  void optionsThatAreNoneAreRefused() {
    GatedSpace space = spaces().get(0);
    for (List<Integer> bad : List.of(List.<Integer>of(), List.of(1, 0), List.of(7), List.of(-1))) {
      List<List<Integer>> options = new ArrayList<>(space.everything());
      options.set(1, bad);

      assertThatThrownBy(() -> space.supernet(options, Form.PLAIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rising, got " + bad);
    }
    assertThatThrownBy(() -> space.network(Collections.nCopies(2, 0)))
        .hasMessageContaining("choices");
  }
}
