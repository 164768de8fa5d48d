package org.espalier.search.policy;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.space.PricedChoices;

/**
 * Steps of probabilities of independent choices that never leave what limits allow (Frank and
 * Wolfe, 1956; under budgets, Nayman et al., "HardCoRe-NAS", ICML 2021, section 4): the step goes
 * towards the best point of a linear programme, in which the tightest limit counts by its gradient,
 * and is shortened until every expected cost is within its limit, exactly. There is no penalty to
 * tune.
 */
final class FrankWolfe {
  /** Halvings of a step after which it is not taken. */
  private static final int HALVINGS = 40;

  private final PricedChoices choices;

  FrankWolfe(PricedChoices choices) {
    this.choices = choices;
  }

  /**
   * Probabilities to begin with: the most even ones on the way from some candidate within the
   * limits that are within them too.
   *
   * @throws IllegalArgumentException if no candidate is found within the limits
   */
  double[][] start(RandomGenerator random) {
    double[][] even = choices.sizes().stream().map(double[]::new).toArray(double[][]::new);
    for (double[] row : even) {
      Arrays.fill(row, 1.0 / row.length);
    }
    if (allows(even)) {
      return even;
    }
    List<List<Integer>> found = FeasibleCandidates.sample(choices, 1, random);
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no candidate was found within the limits");
    }
    double[][] certain = PathCode.gates(choices.sizes(), found.get(0));
    double within = 0;
    double over = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (within + over) / 2;
      if (allows(between(certain, even, middle))) {
        within = middle;
      } else {
        over = middle;
      }
    }
    return between(certain, even, within);
  }

  /** Whether every expected cost is within its limit. */
  boolean allows(double[][] probabilities) {
    return choices.limits().stream()
        .allMatch(limit -> limit.cost().expected(probabilities) <= limit.most());
  }

  /**
   * A step.
   *
   * @param probabilities within the limits
   * @param gradient of what shall become small, by the probabilities
   * @param longest share of the way that is gone at most, in [0, 1]
   */
  double[][] step(double[][] probabilities, double[][] gradient, double longest) {
    double[][] target = target(probabilities, gradient);
    double share = longest;
    for (int i = 0; i < HALVINGS; i++) {
      double[][] moved = between(probabilities, target, share);
      if (allows(moved)) {
        return moved;
      }
      share /= 2;
    }
    return probabilities;
  }

  private double[][] target(double[][] probabilities, double[][] gradient) {
    double[][] costs =
        Arrays.stream(gradient).map(row -> new double[row.length]).toArray(double[][]::new);
    double limit = Double.POSITIVE_INFINITY;
    double tightest = Double.NEGATIVE_INFINITY;
    for (PricedChoices.PricedLimit each : choices.limits()) {
      double expected = each.cost().expected(probabilities);
      if (expected / each.most() > tightest) {
        tightest = expected / each.most();
        costs = each.cost().gradient(probabilities);
        limit = each.most() - expected + product(costs, probabilities);
      }
    }
    double least = 0;
    for (double[] row : costs) {
      least += Arrays.stream(row).min().orElseThrow();
    }
    // Rounding may put the cheapest a little over the limit where nothing else is within it.
    return KnapsackOracle.of(gradient, costs).within(Math.max(limit, least));
  }

  private static double product(double[][] a, double[][] b) {
    double sum = 0;
    for (int choice = 0; choice < a.length; choice++) {
      for (int option = 0; option < a[choice].length; option++) {
        sum += a[choice][option] * b[choice][option];
      }
    }
    return sum;
  }

  private static double[][] between(double[][] from, double[][] to, double share) {
    double[][] between = new double[from.length][];
    for (int choice = 0; choice < from.length; choice++) {
      between[choice] = new double[from[choice].length];
      for (int option = 0; option < between[choice].length; option++) {
        between[choice][option] = (1 - share) * from[choice][option] + share * to[choice][option];
      }
    }
    return between;
  }
}
