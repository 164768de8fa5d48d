package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Checks;

/**
 * What the loss grows by where the expected cost of independent choices is over a limit: one {@link
 * CostMultiplier} a limit.
 *
 * @param multipliers one for each limit
 * @param period steps between two updates of the multipliers, at least 1
 */
public record CostPenalty(List<CostMultiplier> multipliers, int period) {
  public CostPenalty {
    multipliers = List.copyOf(multipliers);
    Checks.atLeast("period", 1, period);
  }

  /**
   * Multipliers of 0.
   *
   * @param penalty first factor of the square, above 0
   */
  static CostPenalty start(PricedChoices choices, double penalty, int period) {
    CostMultiplier unused = new CostMultiplier(0, penalty, Double.POSITIVE_INFINITY);
    return new CostPenalty(Collections.nCopies(choices.limits().size(), unused), period);
  }

  /**
   * Adds the derivative by the logits.
   *
   * @param sum of derivatives by the logits of the distribution
   */
  void add(Rows sum, IndependentChoices distribution, PricedChoices choices) {
    if (choices.limits().size() != multipliers.size()) {
      throw new IllegalArgumentException(
          "this policy is for %s limits, got %s"
              .formatted(multipliers.size(), choices.limits().size()));
    }
    double[][] marginals = distribution.marginals();
    for (int i = 0; i < multipliers.size(); i++) {
      PricedChoices.PricedLimit limit = choices.limits().get(i);
      double slope = multipliers.get(i).slope(excess(limit, marginals));
      double[][] byMarginals = limit.cost().gradient(marginals);
      double[][] byScores = new double[byMarginals.length][];
      for (int choice = 0; choice < byScores.length; choice++) {
        byScores[choice] = Softmax.backward(marginals[choice], byMarginals[choice]);
      }
      sum.add(slope / limit.most(), distribution.backward(byScores));
    }
  }

  /**
   * After a step.
   *
   * @param marginals probabilities from now on
   * @param steps how often was learned
   */
  CostPenalty stepped(double[][] marginals, PricedChoices choices, long steps) {
    if (steps % period != 0) {
      return this;
    }
    List<CostMultiplier> updated = new ArrayList<>();
    for (int i = 0; i < multipliers.size(); i++) {
      updated.add(multipliers.get(i).updated(excess(choices.limits().get(i), marginals)));
    }
    return new CostPenalty(updated, period);
  }

  private static double excess(PricedChoices.PricedLimit limit, double[][] marginals) {
    return limit.cost().expected(marginals) / limit.most() - 1;
  }
}
