package org.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.policy.Softmax;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost model of every resource against all candidates of small spaces. */
class CostModelTest {
  private static final ImageShape IMAGE = new ImageShape(8, 8, 3);

  /**
   * A space and what is counted.
   *
   * @param space of some hundred candidates at most
   * @param resource counted
   */
  record Case(WidthSpace space, Resource resource) {
    CostModel model() {
      return space.cost(resource);
    }

    List<List<Integer>> all() {
      return LongStream.range(0, space.size()).mapToObj(space::picks).toList();
    }

    @Override
    public String toString() {
      return resource.name() + " of " + space.family();
    }
  }

  static Stream<Case> cases() {
    WidthChoices few = WidthChoices.ofWidths(List.of(3, 8));
    WidthChoices blocks =
        new WidthChoices(List.of(0.25, 0.5), 4, null, WidthChoices.Unit.BLOCK, null);
    return Stream.of(
            WidthSpace.of(Family.RESNET8, IMAGE, 10, few),
            WidthSpace.of(Family.SEPARABLE, IMAGE, 10, blocks),
            WidthSpace.of(Family.PLAIN, IMAGE, 10, few))
        .flatMap(space -> resources(space).map(resource -> new Case(space, resource)));
  }

  private static Stream<Resource> resources(WidthSpace space) {
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

  /** Times for exactly the layers that the networks of a space have. */
  private static Map<String, Double> times(WidthSpace space) {
    Map<String, Double> times = new HashMap<>();
    RandomGenerator random = Seeds.generator(5);
    Latency nothing = Latency.ofEntries(Map.of("none", 0.0));
    for (long number = 0; number < space.size(); number++) {
      for (LayerCost layer : NetworkCost.of(space.network(space.picks(number))).layers()) {
        String signature = nothing.decidedBy(layer).toString();
        if (!signature.isEmpty() && !times.containsKey(signature)) {
          times.put(signature, 100 * random.nextDouble());
        }
      }
    }
    return times;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itIsWhatEveryNetworkTakes(Case given) {
    CostModel model = given.model();

    for (List<Integer> picks : given.all()) {
      long taken = given.resource().of(NetworkCost.of(given.space().network(picks)));
      assertThat(model.exact(picks)).isEqualTo(taken);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSmallestIsThatOfAllCandidatesWithABeginning(Case given) {
    CostModel model = given.model();
    List<Integer> sizes = model.sizes();

    for (int count = 0; count <= sizes.size(); count++) {
      Map<List<Integer>, Long> least = new HashMap<>();
      for (List<Integer> picks : given.all()) {
        least.merge(picks.subList(0, count), model.exact(picks), Math::min);
      }
      int settled = count;
      least.forEach(
          (beginning, amount) ->
              assertThat(model.smallest(beginning, settled)).isEqualTo((long) amount));
    }
    assertThat(model.smallest()).isEqualTo(model.smallest(List.of(), 0));
    assertThat(model.exact(model.cheapest())).isEqualTo(model.smallest());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theExpectationIsTheMeanOverAllCandidatesOrALowerBound(Case given) {
    CostModel model = given.model();
    double[][] marginals = marginals(model, Seeds.generator(1));

    double mean = 0;
    for (List<Integer> picks : given.all()) {
      double probability = 1;
      for (int choice = 0; choice < picks.size(); choice++) {
        probability *= marginals[choice][picks.get(choice)];
      }
      mean += probability * model.exact(picks);
    }

    if (given.resource().total() == Resource.Total.SUM) {
      assertThat(model.expected(marginals) / mean).isCloseTo(1, within(1e-12));
    } else {
      assertThat(model.expected(marginals)).isBetween(0.5 * mean, mean * (1 + 1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theExpectationOfOneCandidateIsWhatItTakes(Case given) {
    CostModel model = given.model();

    for (List<Integer> picks : given.all().subList(0, 5)) {
      double[][] certain = model.sizes().stream().map(double[]::new).toArray(double[][]::new);
      for (int choice = 0; choice < picks.size(); choice++) {
        certain[choice][picks.get(choice)] = 1;
      }
      assertThat(model.expected(certain)).isEqualTo((double) model.exact(picks));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGradientIsTheFiniteDifference(Case given) {
    CostModel model = given.model();
    double[][] marginals = marginals(model, Seeds.generator(2));

    double[][] gradient = model.gradient(marginals);

    double step = 1e-5;
    for (int choice = 0; choice < marginals.length; choice++) {
      for (int pick = 0; pick < marginals[choice].length; pick++) {
        double before = marginals[choice][pick];
        marginals[choice][pick] = before + step;
        double up = model.expected(marginals);
        marginals[choice][pick] = before - step;
        double down = model.expected(marginals);
        marginals[choice][pick] = before;
        assertThat(gradient[choice][pick])
            .isCloseTo((up - down) / (2 * step), within(1e-6 * model.expected(marginals)));
      }
    }
  }

  private static double[][] marginals(CostModel model, RandomGenerator random) {
    List<double[]> marginals = new ArrayList<>();
    for (int size : model.sizes()) {
      double[] logits = random.doubles(size, -1, 1).toArray();
      marginals.add(Softmax.probabilities(logits));
    }
    assertThat(Collections.max(model.sizes())).isGreaterThan(1);
    return marginals.toArray(double[][]::new);
  }

  /** Every second option is left, the first one always. */
  @ParameterizedTest
  @MethodSource("cases")
  void withFewerOptionsItIsTheSameModelOfFewerCandidates(Case each) {
    List<List<Integer>> kept = new ArrayList<>();
    for (int size : each.model().sizes()) {
      kept.add(
          IntStream.range(0, size)
              .filter(option -> option % 2 == kept.size() % 2 || size == 1)
              .boxed()
              .toList());
    }
    CostModel fewer = each.model().restricted(kept);
    PricedChoices choices = new PricedChoices(fewer.sizes(), List.of());
    RandomGenerator random = Seeds.generator(5);
    double[][] marginals =
        fewer.sizes().stream()
            .map(size -> Softmax.probabilities(random.doubles(size).toArray()))
            .toArray(double[][]::new);
    double[][] spread = each.model().sizes().stream().map(double[]::new).toArray(double[][]::new);
    long least = Long.MAX_VALUE;
    for (long number = 0; number < choices.size(); number++) {
      List<Integer> picks = choices.picks(number);
      List<Integer> whole = new ArrayList<>();
      for (int choice = 0; choice < picks.size(); choice++) {
        whole.add(kept.get(choice).get(picks.get(choice)));
      }
      assertThat(fewer.exact(picks)).isEqualTo(each.model().exact(whole));
      least = Math.min(least, fewer.exact(picks));
    }
    for (int choice = 0; choice < spread.length; choice++) {
      for (int option = 0; option < kept.get(choice).size(); option++) {
        spread[choice][kept.get(choice).get(option)] = marginals[choice][option];
      }
    }

    assertThat(fewer.smallest()).isEqualTo(least);
    assertThat(fewer.exact(fewer.cheapest())).isEqualTo(least);
    double expected = each.model().expected(spread);
    assertThat(fewer.expected(marginals)).isCloseTo(expected, within(1e-9 * expected));
  }
}
