package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Range;

/**
 * How independent choices learn from rewards. A component that is left out takes its default.
 *
 * @param gates softmax: options take from one another; sigmoid: each has a gate of its own; default
 *     softmax
 * @param learningRate of Adam, above 0; default 0.05, usually 0.01 to 0.1
 * @param beta1 Adam's decay of the mean of the gradients, in [0, 1); default 0.5
 * @param beta2 Adam's decay of the mean of their squares, in [0, 1); default 0.999
 * @param entropyWeight of the entropy, which keeps choices from being settled early, at least 0;
 *     default 0, usually 0 to 0.01
 * @param baselineDecay of the running mean of rewards, by reward, in [0, 1); default 0.9
 * @param costExponent power of cost over limit that scales rewards of candidates over it, at most
 *     0; default -0.1, usually -1 to -0.05
 */
public record RewardSettings(
    Gating gates,
    @Range(above = 0) Double learningRate,
    @Range(min = 0, below = 1) Double beta1,
    @Range(min = 0, below = 1) Double beta2,
    @Range(min = 0) Double entropyWeight,
    @Range(min = 0, below = 1) Double baselineDecay,
    @Range(max = 0) Double costExponent) {
  public RewardSettings {
    gates = given(gates, Gating.SOFTMAX);
    learningRate = given(learningRate, 0.05);
    beta1 = given(beta1, 0.5);
    beta2 = given(beta2, 0.999);
    entropyWeight = given(entropyWeight, 0.0);
    baselineDecay = given(baselineDecay, 0.9);
    costExponent = given(costExponent, -0.1);
    ranges(
        RewardSettings.class,
        gates,
        learningRate,
        beta1,
        beta2,
        entropyWeight,
        baselineDecay,
        costExponent);
  }

  /** Every default. */
  public static RewardSettings defaults() {
    return new RewardSettings(null, null, null, null, null, null, null);
  }

  Reinforce reinforce() {
    return new Reinforce(new Reward(costExponent), entropyWeight, baselineDecay, 0);
  }

  GradientPolicy start(PricedChoices choices, Estimator estimator) {
    return GradientPolicy.start(
        gates.start(choices.sizes()),
        estimator,
        new AdamRule(learningRate, beta1, beta2, AdamRule.EPSILON, 0));
  }
}
