package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PairwiseTerms;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.PricedChoices.PricedLimit;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class FrankWolfeTest {
  private static final List<Integer> SIZES = List.of(3, 2, 4);

  /** Costs of options, with a coupling of the first two choices. */
  private static PricedChoices choices(long most) {
    PairwiseTerms terms = new PairwiseTerms(SIZES);
    terms.add(5);
    for (int choice = 0; choice < SIZES.size(); choice++) {
      for (int option = 0; option < SIZES.get(choice); option++) {
        terms.add(choice, option, 10L * option * (choice + 1));
      }
    }
    terms.add(0, 2, 1, 1, 15);
    return new PricedChoices(SIZES, List.of(new PricedLimit(terms.sum(), most)));
  }

  /** Linear values: dearer is better, so that the limit holds. */
  private static double[][] gradient() {
    return new double[][] {{0, -1, -2.5}, {0, -1}, {0, -1, -1.5, -4}};
  }

  @Test
  void everyPointOnTheWayIsWithinTheLimit() {
    PricedChoices choices = choices(60);
    FrankWolfe steps = new FrankWolfe(choices);
    Categoricals now = steps.start(Seeds.generator(1));
    assertThat(steps.allows(now)).isTrue();

    for (int t = 0; t < 200; t++) {
      now = steps.step(now, gradient(), 2.0 / (t + 2));
      assertThat(steps.allows(now)).isTrue();
    }
    assertThat(choices.limits().get(0).cost().expected(now.marginals())).isCloseTo(60, within(1.0));
  }

  /** With independent costs the end is the optimum of the linear programme. */
  @Test
  void ofALinearFunctionItEndsAtTheOptimum() {
    PairwiseTerms terms = new PairwiseTerms(SIZES);
    double[][] costs = new double[SIZES.size()][];
    for (int choice = 0; choice < SIZES.size(); choice++) {
      costs[choice] = new double[SIZES.get(choice)];
      for (int option = 0; option < SIZES.get(choice); option++) {
        costs[choice][option] = 7L * option * (choice + 1);
        terms.add(choice, option, 7L * option * (choice + 1));
      }
    }
    PricedChoices choices = new PricedChoices(SIZES, List.of(new PricedLimit(terms.sum(), 40)));
    FrankWolfe steps = new FrankWolfe(choices);
    double[][] optimum = KnapsackOracle.of(gradient(), costs).within(40);

    double[][] now = steps.step(steps.start(Seeds.generator(1)), gradient(), 1).marginals();

    // Logits are rounded to float32, and what is over the limit by that is not taken.
    assertThat(value(now, gradient())).isCloseTo(value(optimum, gradient()), within(0.1));
    assertThat(choices.expectedRatio(now)).isLessThanOrEqualTo(1);
  }

  @Test
  void withoutLimitsItBeginsEvenAndEndsAtTheBestOptions() {
    FrankWolfe steps = new FrankWolfe(new PricedChoices(SIZES, List.of()));
    Categoricals start = steps.start(Seeds.generator(1));

    assertThat(start).isEqualTo(Categoricals.uniform(SIZES));
    assertThat(steps.step(start, gradient(), 1).marginals())
        .isDeepEqualTo(new double[][] {{0, 0, 1}, {0, 1}, {0, 0, 0, 1}});
  }

  /** What is expected at the end is at least what the best candidate within the limit has. */
  @Test
  void noisyGradientsLeadToWhatTheBestCandidateHas() {
    PricedChoices choices = choices(75);
    FrankWolfe steps = new FrankWolfe(choices);
    RandomGenerator random = Seeds.generator(2);
    Categoricals now = steps.start(random);
    double[][] mean = gradient();

    for (int t = 0; t < 400; t++) {
      double[][] noisy = new double[mean.length][];
      for (int choice = 0; choice < mean.length; choice++) {
        noisy[choice] =
            Arrays.stream(mean[choice]).map(each -> each + random.nextDouble() - 0.5).toArray();
      }
      now = steps.step(now, noisy, 2.0 / (t + 2));
    }

    double best = Double.NEGATIVE_INFINITY;
    for (long number = 0; number < choices.size(); number++) {
      List<Integer> picks = choices.picks(number);
      if (choices.allows(picks)) {
        best = Math.max(best, value(PathCode.gates(SIZES, picks), mean));
      }
    }
    assertThat(value(now.marginals(), mean)).isGreaterThan(best - 0.1);
  }

  /** Two limits that are both reached: only their common programme shows the way along both. */
  @Test
  void severalLimitsAreKeptAtOnceAndFollowed() {
    PairwiseTerms first = new PairwiseTerms(SIZES);
    PairwiseTerms second = new PairwiseTerms(SIZES);
    double[][] costs = {{0, 20, 60}, {0, 40}, {0, 10, 40, 90}};
    double[][] others = {{0, 60, 10}, {50, 0}, {0, 50, 40, 10}};
    for (int choice = 0; choice < SIZES.size(); choice++) {
      for (int option = 0; option < SIZES.get(choice); option++) {
        first.add(choice, option, (long) costs[choice][option]);
        second.add(choice, option, (long) others[choice][option]);
      }
    }
    PricedChoices choices =
        new PricedChoices(
            SIZES, List.of(new PricedLimit(first.sum(), 80), new PricedLimit(second.sum(), 45)));
    FrankWolfe steps = new FrankWolfe(choices);
    double[][] optimum =
        new BudgetedChoices(
                List.of(gradient()),
                List.of(
                    new BudgetedChoices.Knapsack(List.of(costs), 80),
                    new BudgetedChoices.Knapsack(List.of(others), 45)))
            .best()
            .orElseThrow();
    Categoricals now = steps.start(Seeds.generator(1));

    for (int t = 0; t < 300; t++) {
      now = steps.step(now, gradient(), 2.0 / (t + 2));
      assertThat(steps.allows(now)).isTrue();
    }

    assertThat(value(now.marginals(), gradient()))
        .isCloseTo(value(optimum, gradient()), within(0.05));
  }

  @Test
  void whatIsWantedIsComeAsNearToAsLimitsAllow() {
    PricedChoices choices = choices(60);
    FrankWolfe steps = new FrankWolfe(choices);
    Categoricals dearest = Categoricals.uniform(SIZES).with(Floats.of(0, 0, 9, 0, 9, 0, 0, 0, 9));
    Categoricals start = steps.start(Seeds.generator(1));

    Categoricals nearest = steps.towards(start, dearest);

    assertThat(choices.expectedRatio(nearest.marginals())).isBetween(0.9999, 1.0);
    assertThat(steps.towards(dearest, start)).isSameAs(start);
  }

  private static double value(double[][] probabilities, double[][] losses) {
    double value = 0;
    for (int choice = 0; choice < losses.length; choice++) {
      for (int option = 0; option < losses[choice].length; option++) {
        value -= probabilities[choice][option] * losses[choice][option];
      }
    }
    return value;
  }
}
