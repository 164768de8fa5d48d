package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Checks;

/**
 * What the loss grows by where the expected cost of independent choices is over a limit: one {@link
 * LimitPenalty} a limit.
 *
 * @param penalties one for each limit
 * @param period steps between two updates of the penalties, at least 1
 */
public record CostPenalty(List<LimitPenalty> penalties, int period) {
  public CostPenalty {
    penalties = List.copyOf(penalties);
    Checks.atLeast("period", 1, period);
  }

  /** Before anything was learned. */
  static CostPenalty start(PricedChoices choices, PenaltySettings settings) {
    return new CostPenalty(
        Collections.nCopies(choices.limits().size(), settings.start()), settings.period());
  }

  /**
   * Adds the derivative by the logits.
   *
   * @param sum of derivatives by the logits of the distribution
   */
  void add(Rows sum, IndependentChoices distribution, PricedChoices choices) {
    if (choices.limits().size() != penalties.size()) {
      throw new IllegalArgumentException(
          "this policy is for %s limits, got %s"
              .formatted(penalties.size(), choices.limits().size()));
    }
    double[][] marginals = distribution.marginals();
    for (int i = 0; i < penalties.size(); i++) {
      PricedChoices.PricedLimit limit = choices.limits().get(i);
      double slope = penalties.get(i).slope(excess(limit, marginals));
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
    List<LimitPenalty> updated = new ArrayList<>();
    for (int i = 0; i < penalties.size(); i++) {
      updated.add(penalties.get(i).updated(excess(choices.limits().get(i), marginals)));
    }
    return new CostPenalty(updated, period);
  }

  private static double excess(PricedChoices.PricedLimit limit, double[][] marginals) {
    return limit.cost().expected(marginals) / limit.most() - 1;
  }
}
