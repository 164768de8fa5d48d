package org.espalier.search.policy;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * REINFORCE (Williams, 1992) with a running mean of rewards as baseline (Pham et al., ICML 2018,
 * section 2.2), for any distribution: the gradient of {@code -mean((reward - baseline) * log
 * P(picks)) - entropyWeight * entropy}. The baseline is the running mean before a batch, so that it
 * does not depend on it; the first batch has only its own mean.
 *
 * @param shape of the reward
 * @param entropyWeight of the entropy, at least 0
 * @param baselineDecay of the running mean, by reward, in [0, 1)
 * @param baseline running mean of rewards; of no meaning before the first step
 */
public record Reinforce(Reward shape, double entropyWeight, double baselineDecay, double baseline)
    implements Estimator {
  public Reinforce {
    Objects.requireNonNull(shape, "shape");
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public List<List<Integer>> sample(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random) {
    return distribution.sample(choices, count, random);
  }

  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return shape.of(accuracy, choices.ratio(picks));
  }

  @Override
  public Estimate estimate(Distribution distribution, PricedChoices choices, Batch batch) {
    Advantages advantages = advantages(choices, batch);
    double[] weights = advantages.values();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= weights.length;
    }
    List<List<Integer>> picks = batch.judged().stream().map(Feedback::picks).toList();
    return new Estimate(
        distribution.scoreGradient(choices, picks, weights, entropyWeight),
        with(advantages.next()));
  }

  /** What the judged candidates of a batch are worth over the baseline. */
  Advantages advantages(PricedChoices choices, Batch batch) {
    return new Advantages(
        batch.judged(),
        each -> reward(choices, each.picks(), each.accuracy()),
        batch.steps() == 0,
        baselineDecay,
        baseline);
  }

  /** The same with another running mean of rewards. */
  Reinforce with(double running) {
    return new Reinforce(shape, entropyWeight, baselineDecay, running);
  }
}
