package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LstmNetworkTest {
  private static final PricedChoices CHOICES = new PricedChoices(List.of(3, 1, 4, 2), List.of());

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theGradientIsTheFiniteDifference(int layers) {
    LstmShape shape = shape(layers);
    double[] parameters = parameters(shape, Seeds.generator(3));
    List<Integer> picks = List.of(2, 0, 3, 1);
    List<Integer> others = List.of(0, 0, 1, 1);

    double[] gradient = gradient(shape, parameters, List.of(picks, others), 0.7, -0.4);

    double step = 1e-5;
    for (int i = 0; i < shape.size; i++) {
      double before = parameters[i];
      parameters[i] = before + step;
      double up = loss(shape, parameters, picks, others);
      parameters[i] = before - step;
      double down = loss(shape, parameters, picks, others);
      parameters[i] = before;
      assertThat(gradient[i]).isCloseTo((up - down) / (2 * step), within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theProbabilitiesOfAllCandidatesSumToOne(int layers) {
    LstmShape shape = shape(layers);
    double[] parameters = parameters(shape, Seeds.generator(4));

    double sum = 0;
    for (List<Integer> picks : all(CHOICES.sizes())) {
      sum += StrictMath.exp(logProbability(shape, parameters, picks));
    }

    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void candidatesAtOnceAreAsProbableAsOneByOne() {
    LstmShape shape = shape(2);
    double[] parameters = parameters(shape, Seeds.generator(5));
    List<List<Integer>> all = all(CHOICES.sizes());

    try (LstmNetwork network = new LstmNetwork(shape, parameters, CHOICES, all.size(), false)) {
      network.begin(all.size());
      double[] sums = new double[all.size()];
      for (int choice = 0; choice < CHOICES.sizes().size(); choice++) {
        double[][] logarithms = network.logarithms(all, choice);
        for (int row = 0; row < sums.length; row++) {
          sums[row] += logarithms[row][all.get(row).get(choice)];
        }
      }

      for (int row = 0; row < sums.length; row++) {
        assertThat(sums[row])
            .isCloseTo(logProbability(shape, parameters, all.get(row)), within(1e-12));
      }
    }
  }

  static double[] gradient(
      LstmShape shape, double[] parameters, List<List<Integer>> picks, double... weights) {
    try (LstmNetwork network = new LstmNetwork(shape, parameters, CHOICES, picks.size(), true)) {
      return network.gradient(picks, weights, 0.3);
    }
  }

  /** Weighted as in the gradient, with the mean entropy of the steps along both. */
  private static double loss(
      LstmShape shape, double[] parameters, List<Integer> picks, List<Integer> others) {
    return -0.7 * logProbability(shape, parameters, picks)
        + 0.4 * logProbability(shape, parameters, others)
        - 0.15 * (entropy(shape, parameters, picks) + entropy(shape, parameters, others));
  }

  private static double logProbability(LstmShape shape, double[] parameters, List<Integer> picks) {
    double sum = 0;
    double[][] logarithms = logarithms(shape, parameters, picks);
    for (int choice = 0; choice < picks.size(); choice++) {
      sum += logarithms[choice][picks.get(choice)];
    }
    return sum;
  }

  private static double entropy(LstmShape shape, double[] parameters, List<Integer> picks) {
    double sum = 0;
    for (double[] step : logarithms(shape, parameters, picks)) {
      for (double logarithm : step) {
        sum -= StrictMath.exp(logarithm) * logarithm;
      }
    }
    return sum;
  }

  private static double[][] logarithms(LstmShape shape, double[] parameters, List<Integer> picks) {
    double[][] logarithms = new double[picks.size()][];
    try (LstmNetwork network = new LstmNetwork(shape, parameters, CHOICES, 1, false)) {
      network.begin(1);
      for (int choice = 0; choice < logarithms.length; choice++) {
        logarithms[choice] = network.logarithms(List.of(picks), choice)[0];
      }
    }
    return logarithms;
  }

  private static LstmShape shape(int layers) {
    return new LstmShape(5, layers, CHOICES.sizes());
  }

  private static double[] parameters(LstmShape shape, RandomGenerator random) {
    return random.doubles(shape.size, -0.6, 0.6).toArray();
  }

  static List<List<Integer>> all(List<Integer> sizes) {
    List<List<Integer>> all = List.of(List.of());
    for (int size : sizes) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> beginning : all) {
        for (int option = 0; option < size; option++) {
          List<Integer> picks = new ArrayList<>(beginning);
          picks.add(option);
          longer.add(picks);
        }
      }
      all = longer;
    }
    return all;
  }
}
