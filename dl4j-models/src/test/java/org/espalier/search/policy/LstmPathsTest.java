package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LstmPathsTest {
  private static final PricedChoices CHOICES = new PricedChoices(List.of(3, 1, 4, 2), List.of());

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theGradientIsTheFiniteDifference(int layers) {
    LstmShape shape = shape(layers);
    double[] parameters = parameters(shape, Seeds.generator(3));
    List<Integer> picks = List.of(2, 0, 3, 1);
    double[] gradient = new double[shape.size];

    new LstmPaths(shape, parameters, CHOICES).addGradient(picks, 0.7, 0.3, gradient);

    double step = 1e-5;
    for (int i = 0; i < shape.size; i++) {
      double before = parameters[i];
      parameters[i] = before + step;
      double up = loss(shape, parameters, picks);
      parameters[i] = before - step;
      double down = loss(shape, parameters, picks);
      parameters[i] = before;
      assertThat(gradient[i]).isCloseTo((up - down) / (2 * step), within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theProbabilitiesOfAllCandidatesSumToOne(int layers) {
    LstmShape shape = shape(layers);
    LstmPaths paths = new LstmPaths(shape, parameters(shape, Seeds.generator(4)), CHOICES);

    double sum = 0;
    for (List<Integer> picks : all(CHOICES.sizes())) {
      sum += StrictMath.exp(paths.logProbability(picks));
    }

    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  private static double loss(LstmShape shape, double[] parameters, List<Integer> picks) {
    LstmPaths paths = new LstmPaths(shape, parameters, CHOICES);
    return -0.7 * paths.logProbability(picks) - 0.3 * paths.entropy(picks);
  }

  private static LstmShape shape(int layers) {
    return new LstmShape(
        new LstmSettings(5, layers, null, null, null, null, null, null, null), CHOICES.sizes());
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
