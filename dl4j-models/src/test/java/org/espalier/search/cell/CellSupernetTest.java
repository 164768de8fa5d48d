package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.data.Batch;
import org.espalier.network.ImageShape;
import org.espalier.network.LayerParameters;
import org.espalier.network.Mode;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.search.cell.space.Form;
import org.espalier.search.cell.space.Gated;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.policy.PathCode;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.search.supernet.NamedLayout;
import org.espalier.search.supernet.SampledPath;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.storage.Floats;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CellSupernetTest {
  private static final Form GATES = new Form(false, 0, true, 0);
  private static final double STEP = 1e-5;

  static List<GatedSpace> spaces() {
    return TinyCells.spaces();
  }

  /** With one option of each choice the supernet computes what the network of the picks does. */
  @ParameterizedTest
  @MethodSource("spaces")
  void aSampledPathIsTheNetworkOfItsPicks(GatedSpace space) {
    NamedLayout layout = TinyCells.layout(space);
    Batch batch = TinyCells.batch(1);
    try (CellSupernet supernet = new CellSupernet(space, layout)) {
      supernet.load(TinyCells.view(space, TinyCells.values(layout), List.of()));
      for (int seed = 0; seed < 10; seed++) {
        List<Integer> picks = TinyCells.picks(space, seed);
        supernet.net().accuracy(picks, batch);
        SampledPath path = supernet.net().path(picks);
        NetworkSpec spec = space.network(picks);
        try (ParameterSet own = ParameterSet.allocate(spec).initialise(Seeds.generator(0))) {
          own.parameters().stream()
              .filter(each -> !each.name().endsWith("/scale") && !each.name().endsWith("/shift"))
              .forEach(each -> each.value().set(GatedReference.values(path, each.name())));

          assertThat(logits(path.spec(), path, batch))
              .as(space.describe(picks))
              .containsExactly(logits(spec, own, batch), within(1e-6f));
        }
      }
    }
  }

  private static float[] logits(NetworkSpec spec, LayerParameters parameters, Batch batch) {
    ImageShape image = spec.input();
    Shape shape = Shape.of(batch.size(), image.height(), image.width(), image.channels());
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Variable logits =
          new Network(spec, parameters)
              .forward(tape, tape.constant(shape, batch.images()), new Mode.Estimation(1));
      return logits.value().toFloats();
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void gatesOfASinglePathHaveTheirDerivatives(GatedSpace space) {
    double largest = 0;
    for (int seed = 0; seed < 3; seed++) {
      List<Integer> picks = TinyCells.picks(space, seed);
      double[][] ones = PathCode.gates(space.sizes(), picks);
      largest = Math.max(largest, checkGates(space, picks, ones, List.of()));
    }
    assertThat(largest).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void gatesOfSeveralPathsHaveTheirDerivatives(GatedSpace space) {
    List<Integer> path = several(space, 1);
    double[][] ones = PathCode.gates(space.sizes(), path);
    assertThat(checkGates(space, path, ones, List.of())).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void gatesOfAMixtureHaveTheirDerivatives(GatedSpace space) {
    RandomGenerator random = Seeds.generator(3);
    double[][] gates =
        space.sizes().stream()
            .map(size -> random.doubles(size, 0.1, 0.9).toArray())
            .toArray(double[][]::new);
    List<Integer> all = PathCode.all(space.sizes());
    assertThat(checkGates(space, all, gates, StageRounds.lists(gates))).isGreaterThan(0.01);
  }

  private static List<Integer> several(GatedSpace space, long seed) {
    RandomGenerator random = Seeds.generator(seed);
    List<Collection<Integer>> sets = new ArrayList<>();
    for (int size : space.sizes()) {
      sets.add(new LinkedHashSet<>(List.of(random.nextInt(size), random.nextInt(size))));
    }
    return PathCode.of(space.sizes(), sets);
  }

  private static List<List<Integer>> options(GatedSpace space, List<Integer> path) {
    return IntStream.range(0, path.size())
        .mapToObj(choice -> PathCode.options(path.get(choice), space.sizes().get(choice)))
        .toList();
  }

  /**
   * Against central differences in double precision, of some of the options where there are many.
   * Gives the largest that was seen.
   */
  private static double checkGates(
      GatedSpace space, List<Integer> path, double[][] gates, List<List<Double>> mixture) {
    NamedLayout layout = TinyCells.layout(space);
    Batch batch = TinyCells.batch(2);
    List<List<Integer>> on = options(space, path);
    Gated gated = space.supernet(on, GATES);
    try (CellSupernet supernet = new CellSupernet(space, layout)) {
      supernet.load(TinyCells.view(space, TinyCells.values(layout), mixture));
      double loss = supernet.net().gradients(path, batch, Seeds.generator(0)).loss();
      List<List<Double>> found = supernet.gates(path);
      GatedReference reference =
          new GatedReference(gated, supernet.net().gated(path), batch, mixture.isEmpty());
      int apart = 1 + space.sizes().size() / 6;

      assertThat(reference.loss(gates)).isCloseTo(loss, within(1e-4));
      double largest = 0;
      for (int choice = 0; choice < path.size(); choice++) {
        for (int option = 0; option < gates[choice].length; option++) {
          boolean computed = on.get(choice).contains(option);
          if (computed && (choice + 3 * option) % apart != 0) {
            continue;
          }
          double expected = computed ? slope(reference, gates, choice, option) : 0;
          assertThat(found.get(choice).get(option))
              .as("%s, option %s", space.decisions().get(choice).name(), option)
              .isCloseTo(expected, within(2e-4));
          largest = Math.max(largest, Math.abs(expected));
        }
      }
      return largest;
    }
  }

  private static double slope(GatedReference reference, double[][] gates, int choice, int option) {
    double at = gates[choice][option];
    gates[choice][option] = at + STEP;
    double ahead = reference.loss(gates);
    gates[choice][option] = at - STEP;
    double behind = reference.loss(gates);
    gates[choice][option] = at;
    return (ahead - behind) / (2 * STEP);
  }

  /** What a path does not compute has neither a step nor decay, and does not travel. */
  @ParameterizedTest
  @MethodSource("spaces")
  void aStepChangesWhatItsPathComputesAndNothingElse(GatedSpace space) {
    NamedLayout layout = TinyCells.layout(space);
    Floats values = TinyCells.values(layout);
    for (List<Integer> path : List.of(TinyCells.picks(space, 4), several(space, 4))) {
      try (CellSupernet supernet = new CellSupernet(space, layout)) {
        supernet.load(TinyCells.view(space, values, List.of()));
        LocalSgd decaying = new LocalSgd(0, 0.5, 0);

        supernet.net().trainStep(path, TinyCells.batch(3), 0.1, decaying, Seeds.generator(0));

        Set<String> computed = new LinkedHashSet<>();
        NetworkSpec spec =
            space.supernet(options(space, path), new Form(false, 0, false, 0)).spec();
        try (ParameterSet own = ParameterSet.allocate(spec)) {
          own.parameters().forEach(each -> computed.add(block(each.name())));
        }
        assertThat(supernet.net().difference().keySet()).isEqualTo(computed);
        assertThat(computed.size()).isLessThan(layout.blocks().size());
        assertThat(supernet.net().difference().values())
            .allSatisfy(part -> assertThat(part).isNotEqualTo(new float[part.length]));
        supernet.net().gradients(path, TinyCells.batch(3), Seeds.generator(0));
        assertThat(supernet.net().difference().keySet()).isEqualTo(computed);
      }
    }
  }

  /** Of a parameter's name, without the parameter and what comes behind the last part. */
  private static String block(String parameter) {
    String node = parameter.substring(0, parameter.lastIndexOf('/'));
    int end = node.lastIndexOf('/');
    return end < 0 ? node : node.substring(0, end);
  }

  /** The vector behind the view is what it was. */
  @ParameterizedTest
  @MethodSource("spaces")
  void whatAPathDoesNotUseKeepsItsBits(GatedSpace space) {
    NamedLayout layout = TinyCells.layout(space);
    Floats values = TinyCells.values(layout);
    List<Integer> path = TinyCells.picks(space, 5);
    try (CellSupernet supernet = new CellSupernet(space, layout)) {
      supernet.load(TinyCells.view(space, values, List.of()));
      LocalSgd decaying = new LocalSgd(0.9, 0.5, 0);
      for (int step = 0; step < 3; step++) {
        supernet.net().trainStep(path, TinyCells.batch(step), 0.1, decaying, Seeds.generator(0));
      }
      List<Integer> everything = PathCode.all(space.sizes());
      supernet.net().accuracy(everything, TinyCells.batch(3));
      SampledPath after = supernet.net().path(everything);
      Set<String> changed = supernet.net().difference().keySet();

      supernet.load(TinyCells.view(space, values, List.of()));
      List<String> names = new ArrayList<>();
      try (ParameterSet all = ParameterSet.allocate(layout.whole())) {
        all.parameters().forEach(each -> names.add(each.name()));
      }
      List<double[]> moved = names.stream().map(n -> GatedReference.values(after, n)).toList();
      supernet.net().accuracy(everything, TinyCells.batch(3));
      SampledPath before = supernet.net().path(everything);
      for (int i = 0; i < moved.size(); i++) {
        boolean same =
            java.util.Arrays.equals(moved.get(i), GatedReference.values(before, names.get(i)));
        assertThat(same).as(names.get(i)).isEqualTo(!changed.contains(block(names.get(i))));
      }
      assertThat(layout.blocks()).extracting(SharedLayout.Range::name).containsAll(changed);
    }
  }
}
