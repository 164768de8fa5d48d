package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class KnapsackOracleTest {
  private static final int CHOICES = 3;
  private static final int OPTIONS = 4;

  /** The optimum of the programme lies on a segment between two candidates, as it has one limit. */
  private static double bruteForce(double[][] values, double[][] costs, double limit) {
    int all = (int) Math.pow(OPTIONS, CHOICES);
    double[] value = new double[all];
    double[] cost = new double[all];
    for (int number = 0; number < all; number++) {
      int rest = number;
      for (int choice = 0; choice < CHOICES; choice++) {
        value[number] += values[choice][rest % OPTIONS];
        cost[number] += costs[choice][rest % OPTIONS];
        rest /= OPTIONS;
      }
    }
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < all; i++) {
      for (int j = 0; j < all; j++) {
        if (cost[i] <= limit) {
          double share = cost[j] <= limit ? 1 : (limit - cost[i]) / (cost[j] - cost[i]);
          best = Math.min(best, (1 - share) * value[i] + share * value[j]);
        }
      }
    }
    return best;
  }

  private static double[][] random(RandomGenerator random, boolean whole) {
    double[][] rows = new double[CHOICES][OPTIONS];
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = whole ? random.nextInt(5) : random.nextDouble() * 2 - 1;
      }
    }
    return rows;
  }

  private static double sum(double[][] probabilities, double[][] of) {
    double sum = 0;
    for (int choice = 0; choice < of.length; choice++) {
      for (int option = 0; option < of[choice].length; option++) {
        sum += probabilities[choice][option] * of[choice][option];
      }
    }
    return sum;
  }

  @Test
  void itIsTheOptimumThatBruteForceFinds() {
    RandomGenerator random = Seeds.generator(3);
    for (int trial = 0; trial < 300; trial++) {
      double[][] values = random(random, trial % 3 == 0);
      double[][] costs = random(random, trial % 2 == 0);
      double least =
          Arrays.stream(costs).mapToDouble(row -> Arrays.stream(row).min().orElseThrow()).sum();
      double most =
          Arrays.stream(costs).mapToDouble(row -> Arrays.stream(row).max().orElseThrow()).sum();
      double limit = least + random.nextDouble() * (most - least);

      double[][] found = KnapsackOracle.of(values, costs).within(limit);

      assertThat(sum(found, costs)).isLessThanOrEqualTo(limit + 1e-9);
      assertThat(sum(found, values)).isCloseTo(bruteForce(values, costs, limit), within(1e-9));
      long shared = 0;
      for (double[] row : found) {
        assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
        assertThat(Arrays.stream(row).allMatch(each -> each >= 0)).isTrue();
        shared += Arrays.stream(row).allMatch(each -> each < 1 - 1e-12) ? 1 : 0;
      }
      assertThat(shared).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void withoutALimitEachChoiceTakesItsBest() {
    double[][] values = {{3, 1, 2}, {0, 5}};
    double[][] costs = {{1, 9, 2}, {7, 1}};

    assertThat(KnapsackOracle.of(values, costs).within(1e9))
        .isDeepEqualTo(new double[][] {{0, 1, 0}, {1, 0}});
  }

  @Test
  void atTheLeastLimitEachChoiceTakesItsCheapest() {
    double[][] values = {{3, 1, 2}, {0, 5}};
    double[][] costs = {{1, 9, 2}, {7, 1}};

    assertThat(KnapsackOracle.of(values, costs).within(2))
        .isDeepEqualTo(new double[][] {{1, 0, 0}, {0, 1}});
    assertThatThrownBy(() -> KnapsackOracle.of(values, costs).within(1.5))
        .hasMessageContaining("over the limit 1.5");
  }
}
