package org.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.policy.Softmax;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairwiseCostTest {
  private static final ImageShape IMAGE = new ImageShape(16, 16, 3);
  private static final WidthChoices SAME = WidthChoices.ofWidths(List.of(3, 4, 8));
  private static final WidthChoices BLOCKS =
      new WidthChoices(List.of(0.5, 1.0), 4, null, WidthChoices.Unit.BLOCK, null);
  private static final WidthChoices RESIDUAL =
      new WidthChoices(List.of(0.25, 0.5, 1.0), 4, null, WidthChoices.Unit.RESIDUAL, null);

  static Stream<WidthSpace> spaces() {
    return Stream.of(
        WidthSpace.of(Family.RESNET8, IMAGE, 10, SAME),
        WidthSpace.of(Family.RESNET8, IMAGE, 10, BLOCKS),
        WidthSpace.of(Family.RESNET20, IMAGE, 10, SAME),
        WidthSpace.of(Family.RESNET20, IMAGE, 10, RESIDUAL),
        WidthSpace.of(Family.MOBILE_NET_V2, IMAGE, 10, BLOCKS),
        WidthSpace.of(Family.MOBILE_NET_V2, IMAGE, 10, RESIDUAL),
        WidthSpace.of(Family.MOBILE_NET_V2, IMAGE, 10, WidthChoices.STANDARD),
        WidthSpace.of(Family.SEPARABLE, IMAGE, 10, SAME),
        WidthSpace.of(Family.PLAIN, IMAGE, 10, SAME));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void itIsTheCostOfEveryNetwork(WidthSpace space) {
    PairwiseCost macs = PairwiseCost.macs(space);
    PairwiseCost parameters = PairwiseCost.parameters(space);

    for (List<Integer> picks : candidates(space, 40)) {
      NetworkCost cost = NetworkCost.of(space.network(picks));
      assertThat(macs.exact(picks)).isEqualTo(cost.macs());
      assertThat(parameters.exact(picks)).isEqualTo(cost.parameters());
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void theExpectationOfOneCandidateIsItsCost(WidthSpace space) {
    PairwiseCost macs = PairwiseCost.macs(space);

    for (List<Integer> picks : candidates(space, 5)) {
      double[][] certain = zeros(macs);
      for (int choice = 0; choice < picks.size(); choice++) {
        certain[choice][picks.get(choice)] = 1;
      }
      assertThat(macs.expected(certain)).isEqualTo((double) macs.exact(picks));
    }
  }

  @Test
  void theExpectationIsTheMeanOverAllCandidates() {
    WidthSpace space = WidthSpace.of(Family.RESNET8, IMAGE, 10, BLOCKS);
    PairwiseCost macs = PairwiseCost.macs(space);
    double[][] marginals = probabilities(logits(macs, Seeds.generator(1)));

    double mean = 0;
    for (long number = 0; number < space.size(); number++) {
      List<Integer> picks = space.picks(number);
      double probability = 1;
      for (int choice = 0; choice < picks.size(); choice++) {
        probability *= marginals[choice][picks.get(choice)];
      }
      mean += probability * macs.exact(picks);
    }

    assertThat(macs.expected(marginals) / mean).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void theGradientIsTheFiniteDifference(WidthSpace space) {
    PairwiseCost macs = PairwiseCost.macs(space);
    double[][] logits = logits(macs, Seeds.generator(2));
    double[][] marginals = probabilities(logits);

    double[][] gradient = macs.gradient(marginals);
    double[][] byLogits = new double[marginals.length][];
    for (int choice = 0; choice < marginals.length; choice++) {
      byLogits[choice] = Softmax.backward(marginals[choice], gradient[choice]);
    }

    double step = 1e-4;
    double size = norm(gradient);
    for (int choice = 0; choice < logits.length; choice += 3) {
      for (int option = 0; option < logits[choice].length; option++) {
        double[][] probability = copy(marginals);
        probability[choice][option] += step;
        double up = macs.expected(probability);
        probability[choice][option] -= 2 * step;
        double byProbability = (up - macs.expected(probability)) / (2 * step);
        double[][] moved = copy(logits);
        moved[choice][option] += step;
        up = macs.expected(probabilities(moved));
        moved[choice][option] -= 2 * step;
        double byLogit = (up - macs.expected(probabilities(moved))) / (2 * step);
        assertThat(gradient[choice][option]).isCloseTo(byProbability, within(1e-6 * size));
        assertThat(byLogits[choice][option]).isCloseTo(byLogit, within(1e-6 * size));
      }
    }
  }

  @Test
  void theSmallestAndTheLargestAreThoseOfAllCandidates() {
    // A narrow block between wide ones needs a shortcut, so that narrower can be dearer.
    List<List<Integer>> widths =
        List.of(
            List.of(64),
            List.of(1, 64),
            List.of(32, 64),
            List.of(1),
            List.of(1),
            List.of(1, 2),
            List.of(1, 2));
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      choices.add(new Choice("c" + i, List.of(i), widths.get(i)));
    }
    WidthSpace space = new WidthSpace(Family.RESNET8, IMAGE, 10, choices);
    PairwiseCost macs = PairwiseCost.macs(space);
    List<Integer> beginning = List.of(0, 1);

    long[] all = costs(space, List.of());

    assertThat(macs.smallest()).isEqualTo(LongStream.of(all).min().orElseThrow());
    assertThat(macs.largest()).isEqualTo(LongStream.of(all).max().orElseThrow());
    assertThat(macs.exact(macs.cheapest())).isEqualTo(macs.smallest());
    assertThat(macs.smallest()).isLessThan(space.costOf(space.narrowest()).macs());
    assertThat(macs.smallest(beginning, 2))
        .isEqualTo(LongStream.of(costs(space, beginning)).min().orElseThrow());
  }

  @Test
  void picksThatDoNotFitAreRefused() {
    PairwiseCost macs = PairwiseCost.macs(WidthSpace.of(Family.PLAIN, IMAGE, 10, SAME));

    assertThatThrownBy(() -> macs.exact(List.of(0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6 choices, got 2");
  }

  private static long[] costs(WidthSpace space, List<Integer> beginning) {
    return LongStream.range(0, space.size())
        .mapToObj(space::picks)
        .filter(picks -> picks.subList(0, beginning.size()).equals(beginning))
        .mapToLong(picks -> NetworkCost.of(space.network(picks)).macs())
        .toArray();
  }

  private static List<List<Integer>> candidates(WidthSpace space, int count) {
    RandomGenerator random = Seeds.generator(7);
    List<List<Integer>> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      candidates.add(space.choices().stream().map(c -> random.nextInt(c.widths().size())).toList());
    }
    return candidates;
  }

  private static double[][] zeros(PairwiseCost cost) {
    return cost.sizes().stream().map(double[]::new).toArray(double[][]::new);
  }

  private static double[][] logits(PairwiseCost cost, RandomGenerator random) {
    double[][] logits = zeros(cost);
    for (double[] row : logits) {
      for (int k = 0; k < row.length; k++) {
        row[k] = random.nextGaussian();
      }
    }
    return logits;
  }

  private static double[][] probabilities(double[][] logits) {
    return Stream.of(logits).map(Softmax::probabilities).toArray(double[][]::new);
  }

  private static double[][] copy(double[][] values) {
    return Stream.of(values).map(double[]::clone).toArray(double[][]::new);
  }

  private static double norm(double[][] values) {
    double sum = 0;
    for (double[] row : values) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }
}
