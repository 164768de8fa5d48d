package org.espalier.search.supernet;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How the shared weights of a supernet are trained, in rounds of local steps. A component that is
 * left out takes its default.
 *
 * @param rounds of training, at least 1; default 60, usually 30 to 300
 * @param warmUp share of the rounds, in [0, 1], in which paths are drawn uniformly and the policy
 *     does not learn; default 0.3
 * @param itemsPerRound items that each take steps from the same weights, at least 1; default 8
 * @param stepsPerItem steps an item takes before weights are averaged, at least 1; default 4
 * @param batchSize images of a step, at least 1; default 64
 * @param learningRate of the steps inside an item, above 0; falls along half a cosine over the
 *     rounds; default 0.05
 * @param momentum of the averaged difference on the driver, in [0, 1); default 0.9
 * @param weightDecay of the weights in use, at least 0; default 5e-4
 * @param uniformShare share of the paths trained after the warm-up, in [0, 1], that are drawn
 *     uniformly and not by the policy, so that the ranking is fair to what the policy has left;
 *     default 0.5
 * @param rewards samples of the policy judged in a round after the warm-up, at least 1; default 16
 * @param rewardImages of the validation part on which a sample is judged, at least 1; default 256
 * @param workFactor planned work of a step with shared weights in steps of the same network alone,
 *     at least 1: making weights from shared ones comes on top; default 1.2, as measured
 */
public record SupernetSettings(
    @Range(min = 1, max = Range.MANY) Integer rounds,
    @Range(min = 0, max = 1) Double warmUp,
    @Range(min = 1, max = 10_000) Integer itemsPerRound,
    @Range(min = 1, max = 10_000) Integer stepsPerItem,
    @Range(min = 1, max = 65_536) Integer batchSize,
    @Range(above = 0) Double learningRate,
    @Range(min = 0, below = 1) Double momentum,
    @Range(min = 0) Double weightDecay,
    @Range(min = 0, max = 1) Double uniformShare,
    @Range(min = 1, max = 100_000) Integer rewards,
    @Range(min = 1, max = Range.MANY) Integer rewardImages,
    @Range(min = 1, max = 1000) Double workFactor) {
  /** All defaults. */
  public static final SupernetSettings STANDARD =
      new SupernetSettings(null, null, null, null, null, null, null, null, null, null, null, null);

  public SupernetSettings {
    rounds = Checks.given(rounds, 60);
    warmUp = Checks.given(warmUp, 0.3);
    itemsPerRound = Checks.given(itemsPerRound, 8);
    stepsPerItem = Checks.given(stepsPerItem, 4);
    batchSize = Checks.given(batchSize, 64);
    learningRate = Checks.given(learningRate, 0.05);
    momentum = Checks.given(momentum, 0.9);
    weightDecay = Checks.given(weightDecay, 5e-4);
    uniformShare = Checks.given(uniformShare, 0.5);
    rewards = Checks.given(rewards, 16);
    rewardImages = Checks.given(rewardImages, 256);
    workFactor = Checks.given(workFactor, 1.2);
    Checks.ranges(
        SupernetSettings.class,
        rounds,
        warmUp,
        itemsPerRound,
        stepsPerItem,
        batchSize,
        learningRate,
        momentum,
        weightDecay,
        uniformShare,
        rewards,
        rewardImages,
        workFactor);
  }

  /** Rounds of the warm-up. */
  public int warmUpRounds() {
    return (int) StrictMath.rint(warmUp * rounds);
  }

  /** Learning rate of a round. */
  public double learningRate(int round) {
    return learningRate * (1 + StrictMath.cos(StrictMath.PI * round / rounds)) / 2;
  }

  /** The same for another number of rounds. */
  public SupernetSettings withRounds(int other) {
    return new SupernetSettings(
        other,
        warmUp,
        itemsPerRound,
        stepsPerItem,
        batchSize,
        learningRate,
        momentum,
        weightDecay,
        uniformShare,
        rewards,
        rewardImages,
        workFactor);
  }

  /** The same without a warm-up. */
  public SupernetSettings withoutWarmUp() {
    return new SupernetSettings(
        rounds,
        0.0,
        itemsPerRound,
        stepsPerItem,
        batchSize,
        learningRate,
        momentum,
        weightDecay,
        uniformShare,
        rewards,
        rewardImages,
        workFactor);
  }
}
