package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.space.PricedChoices;
import org.espalier.text.InputException;

/**
 * Steps of probabilities of independent choices that never leave what limits allow (Frank and
 * Wolfe, 1956; under budgets, Nayman et al., "HardCoRe-NAS", ICML 2021, section 4): the step goes
 * towards the best point of a linear programme, in which the limits count by their gradients, and
 * is shortened until every expected cost is within its limit, exactly. There is no penalty to tune.
 *
 * <p>Expected costs of coupled choices are not linear, so that near a limit the best point of the
 * programme may not be a direction in which anything is allowed. Programmes with a little less room
 * are then asked too, and the step of those that brings most is taken.
 */
final class FrankWolfe {
  /** Halvings of a step after which it is not taken. */
  private static final int HALVINGS = 40;

  /** Shares of a limit that programmes leave free when a step on the whole of it is cut short. */
  private static final double[] MARGINS = {1.0 / 64, 1.0 / 16, 1.0 / 4};

  /** A logit whose probability is 0. */
  private static final double NEVER = -1000;

  private final PricedChoices choices;

  FrankWolfe(PricedChoices choices) {
    this.choices = choices;
  }

  /**
   * Probabilities to begin with: the most even ones on the way from some candidate within the
   * limits that are within them too.
   *
   * @throws InputException if no candidate is found within the limits
   */
  Categoricals start(RandomGenerator random) {
    Categoricals even = Categoricals.uniform(choices.sizes());
    if (allows(even)) {
      return even;
    }
    List<List<Integer>> found = FeasibleCandidates.sample(choices, 1, random);
    if (found.isEmpty()) {
      throw new InputException(
          "no candidate was found within all limits together: raise the budget, or the number of"
              + " skip connections that is allowed");
    }
    return towards(of(PathCode.gates(choices.sizes(), found.get(0))), even);
  }

  /** Whether every expected cost is within its limit. */
  boolean allows(Categoricals probabilities) {
    double[][] marginals = probabilities.marginals();
    return choices.limits().stream()
        .allMatch(limit -> limit.cost().expected(marginals) <= limit.most());
  }

  /**
   * The last probabilities within the limits on a straight way, as halving finds them.
   *
   * @param within the limits
   * @param wanted the end of the way
   */
  Categoricals towards(Categoricals within, Categoricals wanted) {
    if (allows(wanted)) {
      return wanted;
    }
    double[][] from = within.marginals();
    double[][] to = wanted.marginals();
    Categoricals last = within;
    double least = 0;
    double most = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (least + most) / 2;
      Categoricals between = of(between(from, to, middle));
      if (allows(between)) {
        least = middle;
        last = between;
      } else {
        most = middle;
      }
    }
    return last;
  }

  /**
   * A step; none where nothing would be gained.
   *
   * @param from within the limits
   * @param gradient of what shall become small, by the probabilities; a number added to a choice
   *     changes nothing
   * @param longest share of the way that is gone at most, in [0, 1]
   */
  Categoricals step(Categoricals from, double[][] gradient, double longest) {
    double[][] now = from.marginals();
    Step best = step(from, now, target(now, gradient, 0), longest);
    if (best.share < longest) {
      for (double margin : MARGINS) {
        Step other = step(from, now, target(now, gradient, margin), longest);
        if (product(gradient, other.moved.marginals())
            < product(gradient, best.moved.marginals())) {
          best = other;
        }
      }
    }
    double gain = product(gradient, now) - product(gradient, best.moved.marginals());
    return gain > 0 ? best.moved : from;
  }

  private record Step(Categoricals moved, double share) {}

  private Step step(
      Categoricals from, double[][] now, Optional<double[][]> target, double longest) {
    double share = longest;
    for (int i = 0; target.isPresent() && i < HALVINGS; i++) {
      Categoricals moved = of(between(now, target.get(), share));
      if (allows(moved)) {
        return new Step(moved, share);
      }
      share /= 2;
    }
    return new Step(from, 0);
  }

  /** The best point where costs are as their gradients say; nothing if there is none. */
  private Optional<double[][]> target(double[][] now, double[][] gradient, double margin) {
    List<BudgetedChoices.Knapsack> knapsacks = new ArrayList<>();
    for (PricedChoices.PricedLimit each : choices.limits()) {
      double[][] costs = Rows.scaled(1.0 / each.most(), each.cost().gradient(now)).table();
      double offset = each.cost().expected(now) / each.most() - product(costs, now);
      knapsacks.add(new BudgetedChoices.Knapsack(List.of(costs), 1 - margin - offset));
    }
    return new BudgetedChoices(List.of(gradient), knapsacks).best();
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
    Rows between = Rows.scaled(1 - share, from);
    between.add(share, to);
    return between.table();
  }

  private Categoricals of(double[][] probabilities) {
    double[][] logits = Rows.scaled(1, probabilities).table();
    for (double[] row : logits) {
      for (int option = 0; option < row.length; option++) {
        row[option] = Math.max(NEVER, StrictMath.log(row[option]));
      }
    }
    return new Categoricals(choices.sizes(), Rows.floats(logits));
  }
}
