package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.espalier.cost.Latency;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Macs;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Parameters;
import org.espalier.cost.PeakActivationBytes;
import org.espalier.cost.Resource;
import org.espalier.cost.WeightBytes;
import org.espalier.cost.WeightedSum;
import org.espalier.search.policy.Softmax;
import org.espalier.search.space.CostModel;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost models of the spaces against built networks. */
class SpaceCostTest {

  /** A space and what is counted. */
  record Case(GatedSpace space, Resource resource, CostModel model) {
    long taken(List<Integer> picks) {
      return resource.of(NetworkCost.of(space.network(picks)));
    }

    List<Integer> picks(RandomGenerator random) {
      return space.sizes().stream().map(random::nextInt).toList();
    }

    @Override
    public String toString() {
      return resource.name() + " of " + space;
    }
  }

  private static final List<Case> CASES =
      TestSpaces.small().stream()
          .flatMap(space -> resources(space).map(each -> new Case(space, each, space.cost(each))))
          .toList();

  static List<Case> cases() {
    return CASES;
  }

  /** One resource of each kind of total: the others differ in numbers only. */
  static List<Case> different() {
    return CASES.stream()
        .filter(
            each ->
                each.resource() instanceof Macs || each.resource() instanceof PeakActivationBytes)
        .toList();
  }

  private static Stream<Resource> resources(GatedSpace space) {
    // With a share of every network, and for no others.
    Latency latency = new Latency(null, times(space), 12.5, space.name());
    return Stream.of(
        new Macs(),
        new Parameters(),
        new WeightBytes(5),
        new PeakActivationBytes(),
        latency,
        new WeightedSum(
            List.of(
                new WeightedSum.Term(new Macs(), 1e-3), new WeightedSum.Term(latency, 0.123456))));
  }

  /** Times for exactly the layers that networks have: one option of every choice after another. */
  private static Map<String, Double> times(GatedSpace space) {
    Map<String, Double> times = new HashMap<>();
    RandomGenerator random = Seeds.generator(5);
    Latency nothing = Latency.ofEntries(Map.of("none", 0.0));
    for (int i = 0; i < 200; i++) {
      List<Integer> picks = space.sizes().stream().map(random::nextInt).toList();
      for (LayerCost layer : NetworkCost.of(space.network(picks)).layers()) {
        String signature = nothing.decidedBy(layer).toString();
        if (!signature.isEmpty()) {
          times.computeIfAbsent(signature, unused -> 100 * random.nextDouble());
        }
      }
    }
    return times;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itIsWhatNetworksTake(Case given) {
    RandomGenerator random = Seeds.generator(6);
    Stream<List<Integer>> some =
        given.space().size() <= 125
            ? LongStream.range(0, given.space().size()).mapToObj(given.space()::picks)
            : Stream.generate(() -> given.picks(random)).limit(100);

    some.forEach(picks -> assertThat(given.model().exact(picks)).isEqualTo(given.taken(picks)));
  }

  /** Nothing is below it, and choosing by it gets there. */
  @ParameterizedTest
  @MethodSource("different")
  void theSmallestIsThatOfTheBestCompletion(Case given) {
    CostModel model = given.model();
    RandomGenerator random = Seeds.generator(7);
    for (int i = 0; i < 20; i++) {
      List<Integer> picks = new ArrayList<>(given.picks(random));
      int count = random.nextInt(picks.size() + 1);
      long smallest = model.smallest(picks, count);

      for (int j = 0; j < 20; j++) {
        List<Integer> other = new ArrayList<>(picks.subList(0, count));
        List<Integer> end = given.picks(random);
        other.addAll(end.subList(count, end.size()));
        assertThat(model.exact(other)).isGreaterThanOrEqualTo(smallest);
      }
      for (int choice = count; choice < picks.size(); choice++) {
        complete(model, picks, choice);
      }
      assertThat(given.taken(picks)).isEqualTo(smallest);
    }
    assertThat(given.taken(model.cheapest())).isEqualTo(model.smallest());
  }

  private static void complete(CostModel model, List<Integer> picks, int choice) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int option = 0; option < model.sizes().get(choice); option++) {
      picks.set(choice, option);
      if (model.smallest(picks, choice + 1) < least) {
        least = model.smallest(picks, choice + 1);
        best = option;
      }
    }
    picks.set(choice, best);
  }

  @ParameterizedTest
  @MethodSource("different")
  void theExpectationOfOneNetworkIsWhatItTakes(Case given) {
    RandomGenerator random = Seeds.generator(8);
    for (int i = 0; i < 5; i++) {
      List<Integer> picks = given.picks(random);
      double[][] certain =
          given.model().sizes().stream().map(double[]::new).toArray(double[][]::new);
      for (int choice = 0; choice < picks.size(); choice++) {
        certain[choice][picks.get(choice)] = 1;
      }

      assertThat(given.model().expected(certain)).isEqualTo((double) given.taken(picks));
    }
  }

  /** With the test above: sums are then the mean over all networks. */
  @ParameterizedTest
  @MethodSource("different")
  void theExpectationIsTheMeanOfThoseOfEachOptionOrALowerBound(Case given) {
    double[][] marginals = marginals(given.model(), Seeds.generator(9));
    double expected = given.model().expected(marginals);

    for (int choice = 0; choice < marginals.length; choice++) {
      double[] before = marginals[choice];
      double mean = 0;
      for (int option = 0; option < before.length; option++) {
        marginals[choice] = new double[before.length];
        marginals[choice][option] = 1;
        mean += before[option] * given.model().expected(marginals);
      }
      marginals[choice] = before;
      if (given.resource().total() == Resource.Total.SUM) {
        assertThat(expected / mean).isCloseTo(1, within(1e-12));
      } else {
        assertThat(expected).isBetween(0.5 * mean, mean * (1 + 1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("different")
  void theGradientIsTheFiniteDifference(Case given) {
    CostModel model = given.model();
    double[][] marginals = marginals(model, Seeds.generator(10));

    double[][] gradient = model.gradient(marginals);

    double step = 1e-5;
    for (int choice = 0; choice < marginals.length; choice++) {
      for (int option = 0; option < marginals[choice].length; option++) {
        double before = marginals[choice][option];
        marginals[choice][option] = before + step;
        double up = model.expected(marginals);
        marginals[choice][option] = before - step;
        double down = model.expected(marginals);
        marginals[choice][option] = before;
        assertThat(gradient[choice][option])
            .isCloseTo((up - down) / (2 * step), within(1e-6 * model.expected(marginals)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("different")
  void aRestrictedModelIsThatOfTheOptionsLeft(Case given) {
    List<List<Integer>> kept =
        given.space().sizes().stream()
            .map(size -> size < 3 ? List.of(0) : List.of(1, size - 1))
            .toList();
    CostModel restricted = given.model().restricted(kept);
    RandomGenerator random = Seeds.generator(11);
    for (int i = 0; i < 20; i++) {
      List<Integer> fewer = restricted.sizes().stream().map(random::nextInt).toList();
      List<Integer> picks = new ArrayList<>();
      for (int choice = 0; choice < fewer.size(); choice++) {
        picks.add(kept.get(choice).get(fewer.get(choice)));
      }

      assertThat(restricted.exact(fewer)).isEqualTo(given.model().exact(picks));
      assertThat(restricted.smallest(fewer, 2)).isLessThanOrEqualTo(restricted.exact(fewer));
    }
    assertThat(restricted.exact(restricted.cheapest())).isEqualTo(restricted.smallest());
  }

  private static double[][] marginals(CostModel model, RandomGenerator random) {
    return model.sizes().stream()
        .map(size -> Softmax.probabilities(random.doubles(size, -1, 1).toArray()))
        .toArray(double[][]::new);
  }
}
