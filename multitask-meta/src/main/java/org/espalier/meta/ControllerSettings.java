package org.espalier.meta;

import org.espalier.search.policy.AdamRule;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How the controller, the embedding and the gates are learned. A component that is left out takes
 * its default.
 *
 * @param learningRate of Adam; default 0.001, usually 0.0003 to 0.005
 * @param warmUpShare share of the rounds in which networks are drawn uniformly and only weights,
 *     embedding and gates learn; default 0.5
 * @param floor share of each choice that is drawn uniformly afterwards, so that no operation
 *     starves; falls evenly to 0 in the last round, so that the picked ones learn most; default 0.1
 * @param entropyWeight of the controller's entropy when it begins to learn; default 0.01
 * @param lastEntropyWeight of it in the last round, reached geometrically; default 0.001
 * @param baselineDecay of the running mean of each family's scores, with which a score is compared;
 *     default 0.95
 */
public record ControllerSettings(
    @Range(above = 0) Double learningRate,
    @Range(min = 0, max = 1) Double warmUpShare,
    @Range(min = 0, below = 1) Double floor,
    @Range(above = 0) Double entropyWeight,
    @Range(above = 0) Double lastEntropyWeight,
    @Range(min = 0, below = 1) Double baselineDecay) {
  public ControllerSettings {
    learningRate = Checks.given(learningRate, 1e-3);
    warmUpShare = Checks.given(warmUpShare, 0.5);
    floor = Checks.given(floor, 0.1);
    entropyWeight = Checks.given(entropyWeight, 1e-2);
    lastEntropyWeight = Checks.given(lastEntropyWeight, 1e-3);
    baselineDecay = Checks.given(baselineDecay, 0.95);
    Checks.ranges(
        ControllerSettings.class,
        learningRate,
        warmUpShare,
        floor,
        entropyWeight,
        lastEntropyWeight,
        baselineDecay);
  }

  AdamRule adam() {
    return new AdamRule(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /** Rounds of the warm-up, out of all. */
  int warmUp(int rounds) {
    return (int) StrictMath.rint(warmUpShare * rounds);
  }

  /** Weight of the entropy in a round after the warm-up. */
  double entropyWeight(int round, int rounds) {
    return entropyWeight * StrictMath.pow(lastEntropyWeight / entropyWeight, done(round, rounds));
  }

  /** Share of every choice that is drawn uniformly in a round. */
  double floor(int round, int rounds) {
    return floor * (1 - Math.max(0, done(round, rounds)));
  }

  /** How much of what follows the warm-up is done in a round, from 0 to 1. */
  private double done(int round, int rounds) {
    int first = warmUp(rounds);
    return rounds - first <= 1 ? 1 : (round - first) / (rounds - first - 1.0);
  }
}
