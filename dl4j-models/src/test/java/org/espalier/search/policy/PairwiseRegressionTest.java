package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class PairwiseRegressionTest {
  private static final double[] NONE = {};

  private static final List<Integer> SIZES = List.of(3, 2, 2);
  private static final PairwisePrior PRIOR = new PairwisePrior(0.3, 0.6, 0.4, 0.05);
  private static final int[][] PICKS = {{0, 0, 0}, {1, 1, 0}, {2, 0, 1}, {1, 0, 1}, {1, 1, 0}};
  private static final double[] TARGETS = {0.5, -1, 2, 0.25, -0.5};

  private static final PairwiseRegression REGRESSION =
      new PairwiseRegression(PRIOR, SIZES, PICKS, new double[PICKS.length][0], TARGETS);

  @Test
  void theMeanIsThatOfRidgeRegressionOnPicksAndPairs() {
    int features = features(PICKS[0]).length;
    double[][] normal = new double[features][features + 1];
    double[] variances = variances();
    for (int i = 0; i < features; i++) {
      normal[i][i] = PRIOR.noise() / variances[i];
      for (int n = 0; n < PICKS.length; n++) {
        double[] row = features(PICKS[n]);
        for (int j = 0; j < features; j++) {
          normal[i][j] += row[i] * row[j];
        }
        normal[i][features] += row[i] * TARGETS[n];
      }
    }
    double[] weights = solved(normal);
    PairwiseScore mean = REGRESSION.mean();

    for (List<Integer> picks : Enumerated.all(SIZES)) {
      double sum = 0;
      double[] row = features(array(picks));
      for (int i = 0; i < features; i++) {
        sum += weights[i] * row[i];
      }
      assertThat(mean.of(array(picks), NONE)).isCloseTo(sum, within(1e-10));
    }
  }

  @Test
  void drawsHaveTheMeanAndTheVarianceOfWhatIsLeftOpen() {
    int[] known = {1, 1, 0};
    int[] open = {0, 1, 1};
    double deviation = Math.sqrt(REGRESSION.scale());
    RandomGenerator random = Seeds.generator(1);
    double[] means = {
      REGRESSION.mean().of(known, NONE) / deviation, REGRESSION.mean().of(open, NONE) / deviation
    };

    // Beyond 4 standard errors for one of two: a false alarm in 8,000 seeds.
    double both =
        Enumerated.assertMean(
            means,
            20_000,
            draw -> {
              PairwiseScore score = REGRESSION.draw(1, random);
              return new double[] {score.of(known, NONE), score.of(open, NONE)};
            });

    // The variance of a sample variance is 2 / n of its square: 1 % at one standard error.
    assertThat(both).isCloseTo(variance(known) + variance(open), within(0.05 * both));
    assertThat(variance(known)).isLessThan(variance(open) / 5);
  }

  @Test
  void theEvidenceIsTheDensityOfTheTargetsAtTheBestScale() {
    int[][] picks = {{0, 0, 0}, {0, 1, 1}};
    double[] targets = {1, -0.5};
    PairwiseRegression two =
        new PairwiseRegression(PRIOR, SIZES, picks, new double[picks.length][0], targets);
    double own = PRIOR.covariance(3, 3) + PRIOR.noise();
    double shared = PRIOR.covariance(1, 3);
    double determinant = own * own - shared * shared;
    double square = (own * (1 + 0.25) - 2 * shared * 1 * -0.5) / determinant;

    assertThat(two.scale()).isCloseTo(square / 2, within(1e-12));
    assertThat(two.evidence())
        .isCloseTo(-Math.log(square / 2) - 0.5 * Math.log(determinant), within(1e-12));
    // The covariance of a candidate with itself is the sum of all shares.
    assertThat(PRIOR.covariance(3, 3)).isCloseTo(1.3, within(1e-12));
  }

  @Test
  void theLargestOfAllIsFound() {
    for (int seed = 0; seed < 30; seed++) {
      PairwiseScore score = new PairwiseScore(SIZES, 0);
      score.draw(PRIOR, 1, Seeds.generator(seed));
      int odd = seed % 2;
      List<Integer> expected =
          Enumerated.all(SIZES).stream()
              .filter(picks -> picks.stream().mapToInt(k -> k).sum() % 2 == odd)
              .reduce((a, b) -> score.of(array(b), NONE) > score.of(array(a), NONE) ? b : a)
              .orElseThrow();

      assertThat(score.largest(picks -> picks.stream().mapToInt(k -> k).sum() % 2 == odd))
          .containsExactly(expected);
      assertThat(score.largest(picks -> false)).isEmpty();
    }
  }

  /** {@code k(x, x) - k(x, X) (K + noise)^-1 k(X, x)}. */
  private static double variance(int[] at) {
    int count = PICKS.length;
    double[][] system = new double[count][count + 1];
    double[] row = new double[count];
    for (int i = 0; i < count; i++) {
      row[i] = dot(features(at), features(PICKS[i]));
      system[i][count] = row[i];
      for (int j = 0; j < count; j++) {
        system[i][j] = dot(features(PICKS[i]), features(PICKS[j])) + (i == j ? PRIOR.noise() : 0);
      }
    }
    double[] solved = solved(system);
    double variance = dot(features(at), features(at));
    for (int i = 0; i < count; i++) {
      variance -= row[i] * solved[i];
    }
    return variance;
  }

  private static double dot(double[] left, double[] right) {
    double[] variances = variances();
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * variances[i] * right[i];
    }
    return sum;
  }

  /** 1, the picks as one-hot, and each pair of picks as one-hot. */
  private static double[] features(int[] picks) {
    double[] features = new double[1 + 7 + 6 + 6 + 4];
    features[0] = 1;
    features[1 + picks[0]] = 1;
    features[4 + picks[1]] = 1;
    features[6 + picks[2]] = 1;
    features[8 + 2 * picks[0] + picks[1]] = 1;
    features[14 + 2 * picks[0] + picks[2]] = 1;
    features[20 + 2 * picks[1] + picks[2]] = 1;
    return features;
  }

  private static double[] variances() {
    double[] variances = new double[24];
    for (int i = 0; i < variances.length; i++) {
      variances[i] = i == 0 ? 0.3 : i < 8 ? 0.6 / 3 : 0.4 / 3;
    }
    return variances;
  }

  /** Gauss-Jordan elimination of a positive definite system with its right side. */
  private static double[] solved(double[][] system) {
    int size = system.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = 0; row < size; row++) {
        double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
        for (int column = pivot; column <= size; column++) {
          system[row][column] -= factor * system[pivot][column];
        }
      }
    }
    double[] solved = new double[size];
    for (int row = 0; row < size; row++) {
      solved[row] = system[row][size] / system[row][row];
    }
    return solved;
  }

  private static int[] array(List<Integer> picks) {
    return picks.stream().mapToInt(Integer::intValue).toArray();
  }
}
