package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class BudgetedChoicesTest {
  private static final int CHOICES = 3;
  private static final int OPTIONS = 4;

  /** What can be had at most: prices beside which no probabilities are worth less (duality). */
  @Test
  void underTwoLimitsItIsTheOptimumOfTheDualProgramme() {
    RandomGenerator random = Seeds.generator(5);
    int bothBind = 0;
    for (int trial = 0; trial < 40; trial++) {
      double[][] values = random(random, -1);
      double[][] first = random(random, 0);
      double[][] second = random(random, 0);
      double[][] inside = random(random, 0);
      for (double[] row : inside) {
        double sum = Arrays.stream(row).sum();
        Arrays.setAll(row, i -> row[i] / sum);
      }
      // Limits that some point is within.
      double a = product(inside, first);
      double b = product(inside, second);

      double[][] found =
          new BudgetedChoices(List.of(values), List.of(knapsack(first, a), knapsack(second, b)))
              .best()
              .orElseThrow();

      assertThat(product(found, first)).isLessThanOrEqualTo(a + 1e-9);
      assertThat(product(found, second)).isLessThanOrEqualTo(b + 1e-9);
      for (double[] row : found) {
        assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-9));
        assertThat(Arrays.stream(row).allMatch(each -> each >= -1e-12)).isTrue();
      }
      assertThat(product(found, values)).isCloseTo(dual(values, first, a, second, b), within(1e-4));
      bothBind += product(found, first) > a - 1e-6 && product(found, second) > b - 1e-6 ? 1 : 0;
    }
    assertThat(bothBind).isGreaterThan(5);
  }

  @Test
  void withoutLimitsEachChoiceTakesItsBest() {
    double[][] values = {{3, 1, 2}, {0, 5}};

    assertThat(new BudgetedChoices(List.of(values), List.of()).best().orElseThrow())
        .isDeepEqualTo(new double[][] {{0, 1, 0}, {1, 0}});
  }

  /** Each limit can be kept, but not both. */
  @Test
  void ofLimitsThatNothingIsWithinNothingIsTheBest() {
    double[][] costs = {{1, 0}};
    double[][] others = {{0, 1}};

    assertThat(
            new BudgetedChoices(
                    List.of(new double[][] {{1, 2}}),
                    List.of(knapsack(costs, 0.4), knapsack(others, 0.4)))
                .best())
        .isEmpty();
    assertThat(
            new BudgetedChoices(List.of(new double[][] {{1, 2}}), List.of(knapsack(costs, -1)))
                .best())
        .isEmpty();
  }

  private static BudgetedChoices.Knapsack knapsack(double[][] costs, double limit) {
    return new BudgetedChoices.Knapsack(List.of(costs), limit);
  }

  private static double dual(
      double[][] values, double[][] first, double a, double[][] second, double b) {
    return highest(
        one -> highest(two -> bound(values, first, one, second, two) - one * a - two * b));
  }

  private static double bound(
      double[][] values, double[][] first, double one, double[][] second, double two) {
    double sum = 0;
    for (int choice = 0; choice < CHOICES; choice++) {
      double least = Double.POSITIVE_INFINITY;
      for (int option = 0; option < OPTIONS; option++) {
        least =
            Math.min(
                least,
                values[choice][option]
                    + one * first[choice][option]
                    + two * second[choice][option]);
      }
      sum += least;
    }
    return sum;
  }

  /** Of a concave function of a price, by thirds. */
  private static double highest(DoubleUnaryOperator of) {
    double least = 0;
    double most = 500;
    for (int i = 0; i < 80; i++) {
      double left = least + (most - least) / 3;
      double right = most - (most - least) / 3;
      if (of.applyAsDouble(left) < of.applyAsDouble(right)) {
        least = left;
      } else {
        most = right;
      }
    }
    return of.applyAsDouble((least + most) / 2);
  }

  private static double[][] random(RandomGenerator random, double least) {
    double[][] rows = new double[CHOICES][OPTIONS];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> least + (1 - least) * random.nextDouble());
    }
    return rows;
  }

  private static double product(double[][] left, double[][] right) {
    double sum = 0;
    for (int choice = 0; choice < left.length; choice++) {
      for (int option = 0; option < left[choice].length; option++) {
        sum += left[choice][option] * right[choice][option];
      }
    }
    return sum;
  }
}
