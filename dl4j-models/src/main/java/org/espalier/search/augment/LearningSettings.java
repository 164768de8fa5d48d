package org.espalier.search.augment;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How a network is trained while a policy is searched, and how often the policy learns from it. A
 * component that is left out takes its default.
 *
 * @param rounds at least 1; default 60, usually 30 to 300
 * @param warmUpRounds rounds before the policy learns, at least 0 and below {@code rounds}; default
 *     6
 * @param itemsPerRound items that each take steps from the same weights, at least 1; default 4
 * @param stepsPerItem steps that an item takes before weights are averaged, at least 1; default 8
 * @param batchSize images of a step, at least 2; default 64
 * @param draws of the policy that share a batch, each for as many of its images, from 2, as one is
 *     judged by the others, to {@code batchSize}; default that, one for each image
 * @param validationBatch unchanged images that a step is judged by, at least 1; default 128
 * @param learningRate of the steps, above 0; falls along half a cosine over the rounds; default 0.1
 * @param momentum of the averaged difference on the driver, in [0, 1); default 0.5
 * @param weightDecay of the weights, at least 0; default 2e-4
 */
public record LearningSettings(
    @Range(min = 1, max = Range.MANY) Integer rounds,
    @Range(min = 0, max = Range.MANY) Integer warmUpRounds,
    @Range(min = 1, max = 10_000) Integer itemsPerRound,
    @Range(min = 1, max = 10_000) Integer stepsPerItem,
    @Range(min = 2, max = 65_536) Integer batchSize,
    @Range(min = 2, max = 65_536) Integer draws,
    @Range(min = 1, max = 65_536) Integer validationBatch,
    @Range(above = 0) Double learningRate,
    @Range(min = 0, below = 1) Double momentum,
    @Range(min = 0) Double weightDecay) {
  /** All defaults. */
  public static final LearningSettings STANDARD =
      new LearningSettings(null, null, null, null, null, null, null, null, null, null);

  public LearningSettings {
    rounds = Checks.given(rounds, 60);
    warmUpRounds = Checks.given(warmUpRounds, Math.min(6, rounds - 1));
    itemsPerRound = Checks.given(itemsPerRound, 4);
    stepsPerItem = Checks.given(stepsPerItem, 8);
    batchSize = Checks.given(batchSize, 64);
    draws = Checks.given(draws, batchSize);
    validationBatch = Checks.given(validationBatch, 128);
    learningRate = Checks.given(learningRate, 0.1);
    momentum = Checks.given(momentum, 0.5);
    weightDecay = Checks.given(weightDecay, 2e-4);
    Checks.ranges(
        LearningSettings.class,
        rounds,
        warmUpRounds,
        itemsPerRound,
        stepsPerItem,
        batchSize,
        draws,
        validationBatch,
        learningRate,
        momentum,
        weightDecay);
    Checks.inRange("warmUpRounds", 0, rounds - 1, warmUpRounds);
    Checks.inRange("draws", 2, batchSize, draws);
  }

  /** Learning rate of a round. */
  double learningRate(int round) {
    return learningRate * (1 + StrictMath.cos(StrictMath.PI * round / rounds)) / 2;
  }

  /** Whether the policy learns in a round. */
  boolean learns(int round) {
    return round >= warmUpRounds;
  }
}
