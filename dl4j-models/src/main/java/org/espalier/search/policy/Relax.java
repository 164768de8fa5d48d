package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Checks;

/**
 * RELAX (Grathwohl et al., ICLR 2018) for independent choices: REINFORCE with a control variate on
 * softened samples, which is trained to make the estimate vary less and leaves its mean as it is.
 * Learning draws the samples again by the same random numbers, for their soft versions.
 *
 * @param reward its shape, baseline and the weight of the entropy
 * @param temperature of the soft samples, above 0
 * @param variate what follows the rewards
 */
public record Relax(Reinforce reward, double temperature, Trained variate) implements Estimator {
  public Relax {
    Objects.requireNonNull(reward, "reward");
    Objects.requireNonNull(variate, "variate");
    Checks.aboveZero("temperature", temperature);
  }

  /**
   * A control variate that is trained.
   *
   * @param network itself
   * @param rule by which its values are moved
   * @param moments of the rule
   */
  public record Trained(ControlVariate network, AdamRule rule, AdamMoments moments) {
    private Trained stepped(double[] gradient) {
      AdamRule.Stepped stepped = rule.step(network.values(), moments, gradient);
      return new Trained(
          new ControlVariate(network.inputs(), network.hidden(), stepped.values()),
          rule,
          stepped.moments());
    }
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public void check(Distribution distribution) {
    IndependentChoices independent = IndependentChoices.of(distribution);
    int options = independent.values().size();
    if (variate.network().inputs() != options) {
      throw new IllegalArgumentException(
          "%s options need as many inputs of the control variate, got %s"
              .formatted(options, variate.network().inputs()));
    }
  }

  @Override
  public List<List<Integer>> sample(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random) {
    return draw(IndependentChoices.of(distribution), count, random).stream()
        .map(GumbelSample::picks)
        .toList();
  }

  private List<GumbelSample> draw(
      IndependentChoices distribution, int count, RandomGenerator random) {
    return Stream.generate(() -> distribution.gumbel(temperature, random)).limit(count).toList();
  }

  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return reward.reward(choices, picks, accuracy);
  }

  @Override
  public Estimate estimate(Distribution distribution, PricedChoices choices, Batch batch) {
    IndependentChoices independent = IndependentChoices.of(distribution);
    List<RelaxSample> samples = judged(independent, choices, batch);
    Advantages advantages = reward.advantages(choices, batch);
    double share = 1.0 / samples.size();
    Rows sum = Rows.scaled(-reward.entropyWeight(), independent.entropyGradient());
    double[] variance = new double[variate.network().values().size()];
    for (int i = 0; i < samples.size(); i++) {
      double[][] estimate = samples.get(i).estimate(-advantages.values()[i], variate.network());
      sum.add(share, estimate);
      samples.get(i).addVariance(share, estimate, variate.network(), variance);
    }
    Reinforce next = reward.with(advantages.next());
    return new Estimate(sum.flat(), new Relax(next, temperature, variate.stepped(variance)));
  }

  /** The samples of candidates that could be judged; each draws for itself. */
  private List<RelaxSample> judged(
      IndependentChoices distribution, PricedChoices choices, Batch batch) {
    List<GumbelSample> drawn = draw(distribution, batch.feedback().size(), batch.random());
    List<RelaxSample> samples = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      Optional<Feedback> feedback = batch.feedback().get(i);
      RelaxSample sample =
          new RelaxSample(
              distribution,
              drawn.get(i),
              choices.idle().apply(drawn.get(i).picks()),
              batch.random());
      if (feedback.isPresent()) {
        feedback.get().checkDrawn(drawn.get(i).picks());
        samples.add(sample);
      }
    }
    return samples;
  }
}
