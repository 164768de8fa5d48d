package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * How independent choices learn from gradients of gates. A component that is left out takes its
 * default.
 *
 * @param gates softmax: options take from one another; sigmoid: each has a gate of its own; default
 *     softmax
 * @param learningRate of Adam, above 0; default 0.05, usually 0.01 to 0.1
 * @param beta1 Adam's decay of the mean of the gradients, in [0, 1); default 0.5
 * @param beta2 Adam's decay of the mean of their squares, in [0, 1); default 0.999
 * @param entropyWeight of the entropy, which keeps choices from being settled early, at least 0;
 *     default 0, usually 0 to 0.01
 * @param penalty that keeps the expected cost within limits; default an augmented Lagrangian
 */
public record GateSettings(
    Gating gates,
    @Range(above = 0) Double learningRate,
    @Range(min = 0, below = 1) Double beta1,
    @Range(min = 0, below = 1) Double beta2,
    @Range(min = 0) Double entropyWeight,
    PenaltySettings penalty) {
  public GateSettings {
    gates = given(gates, Gating.SOFTMAX);
    learningRate = given(learningRate, 0.05);
    beta1 = given(beta1, 0.5);
    beta2 = given(beta2, 0.999);
    entropyWeight = given(entropyWeight, 0.0);
    penalty = given(penalty, new PenaltySettings.AugmentedLagrangian(null, null));
    ranges(GateSettings.class, gates, learningRate, beta1, beta2, entropyWeight, penalty);
    if (penalty instanceof PenaltySettings.Hard && gates != Gating.SOFTMAX) {
      throw new SettingException("gates", "must be softmax where the penalty is hard");
    }
  }

  /** Every default. */
  public static GateSettings defaults() {
    return new GateSettings(null, null, null, null, null, null);
  }

  GateObjective objective(PricedChoices choices) {
    return new GateObjective(entropyWeight, CostPenalty.start(choices, penalty));
  }

  GradientPolicy start(PricedChoices choices, Estimator estimator, RandomGenerator random) {
    if (penalty instanceof PenaltySettings.Hard hard) {
      Categoricals within = new FrankWolfe(choices).start(random);
      return new GradientPolicy(
          within, estimator, FrankWolfeDescent.start(hard.firstStep(), hard.decay(), within));
    }
    return GradientPolicy.start(
        gates.start(choices.sizes()),
        estimator,
        new AdamRule(learningRate, beta1, beta2, AdamRule.EPSILON, 0));
  }
}
