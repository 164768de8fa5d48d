package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Range;

/**
 * An LSTM that picks one option after the other and learns from rewards ({@link LstmDistribution},
 * {@link Reinforce}).
 *
 * @param hidden hidden values of a layer, at least 1; default 100, usually 32 to 128
 * @param layers of the LSTM, 1 or 2; default 1
 * @param learningRate of Adam, above 0; default 0.005, usually 0.001 to 0.01; the paper's 0.00016
 *     is for tens of thousands of steps
 * @param beta1 Adam's decay of the mean of the gradients, in [0, 1); default 0.5
 * @param beta2 Adam's decay of the mean of their squares, in [0, 1); default 0.999
 * @param weightDecay added to the gradient times the weights, at least 0; default 0. The paper's
 *     0.001 outweighs the rewards of a search of some hundred steps, which differ by a few percent
 * @param entropyWeight of the entropy, which keeps widths from being settled early, at least 0;
 *     default 0.001, usually 0 to 0.01; the paper has 0.004 for small images
 * @param baselineDecay of the running mean of rewards, by reward, in [0, 1); default 0.9, which
 *     follows accuracies that rise from step to step; the paper has 0.99 and one reward a step
 * @param costExponent power of cost over limit that scales rewards of candidates over it, at most
 *     0; default -0.1, usually -1 to -0.05
 */
@JsonTypeName("lstm")
public record LstmSettings(
    @Range(min = 1, max = 10_000) Integer hidden,
    @Range(min = 1, max = 2) Integer layers,
    @Range(above = 0) Double learningRate,
    @Range(min = 0, below = 1) Double beta1,
    @Range(min = 0, below = 1) Double beta2,
    @Range(min = 0) Double weightDecay,
    @Range(min = 0) Double entropyWeight,
    @Range(min = 0, below = 1) Double baselineDecay,
    @Range(max = 0) Double costExponent)
    implements PolicySettings {
  public LstmSettings {
    hidden = given(hidden, 100);
    layers = given(layers, 1);
    learningRate = given(learningRate, 0.005);
    beta1 = given(beta1, 0.5);
    beta2 = given(beta2, 0.999);
    weightDecay = given(weightDecay, 0.0);
    entropyWeight = given(entropyWeight, 0.001);
    baselineDecay = given(baselineDecay, 0.9);
    costExponent = given(costExponent, -0.1);
    ranges(
        LstmSettings.class,
        hidden,
        layers,
        learningRate,
        beta1,
        beta2,
        weightDecay,
        entropyWeight,
        baselineDecay,
        costExponent);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public Policy start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return GradientPolicy.start(
        LstmDistribution.start(hidden, layers, choices.sizes(), random),
        new Reinforce(new Reward(costExponent), entropyWeight, baselineDecay, 0),
        new AdamRule(learningRate, beta1, beta2, AdamRule.EPSILON, weightDecay));
  }

  /** Every default. */
  public static LstmSettings defaults() {
    return new LstmSettings(null, null, null, null, null, null, null, null, null);
  }
}
