package org.espalier.search.policy;

import java.util.List;
import java.util.Objects;
import org.espalier.search.space.PricedChoices;

/**
 * What becomes small beside the loss where a policy learns from gradients of gates: the negative
 * entropy, and what the expected cost is over limits.
 *
 * @param entropyWeight of the entropy, at least 0
 * @param penalty for costs over limits
 */
public record GateObjective(double entropyWeight, CostPenalty penalty) {
  public GateObjective {
    Objects.requireNonNull(penalty, "penalty");
  }

  /**
   * Derivative of the whole by the logits.
   *
   * @param losses derivatives of the loss by the logits, one a sample; their mean counts
   */
  double[] gradient(
      IndependentChoices distribution, PricedChoices choices, List<double[][]> losses) {
    Rows sum = Rows.scaled(-entropyWeight, distribution.entropyGradient());
    for (double[][] loss : losses) {
      sum.add(1.0 / losses.size(), loss);
    }
    penalty.add(sum, distribution, choices);
    return sum.flat();
  }

  /** See {@link Estimator#stepped}. */
  GateObjective stepped(IndependentChoices moved, PricedChoices choices, long steps) {
    return new GateObjective(entropyWeight, penalty.stepped(moved.marginals(), choices, steps));
  }
}
