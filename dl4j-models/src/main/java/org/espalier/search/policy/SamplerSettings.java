package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Collections;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Range;

/**
 * One distribution for each choice, which learn from gradients ({@link Categoricals}, {@link
 * StraightThrough}).
 *
 * @param learningRate of Adam, above 0; default 0.05, usually 0.01 to 0.1
 * @param beta1 Adam's decay of the mean of the gradients, in [0, 1); default 0.5
 * @param beta2 Adam's decay of the mean of their squares, in [0, 1); default 0.999
 * @param temperature of the softened samples at the beginning, above 0; default 5, usually 1 to 10
 * @param finalTemperature the same at the end, above 0, linear in between; default 0.5, usually 0.1
 *     to 1
 * @param entropyWeight of the entropy, which keeps widths from being settled early, at least 0;
 *     default 0, usually 0 to 0.01
 * @param penalty first factor of the penalty on expected cost over a limit, above 0; it doubles as
 *     long as the excess does not halve; default 1
 * @param multiplierPeriod steps between two updates of the penalty, at least 1; default 5
 */
@JsonTypeName("gumbel")
public record SamplerSettings(
    @Range(above = 0) Double learningRate,
    @Range(min = 0, below = 1) Double beta1,
    @Range(min = 0, below = 1) Double beta2,
    @Range(above = 0) Double temperature,
    @Range(above = 0) Double finalTemperature,
    @Range(min = 0) Double entropyWeight,
    @Range(above = 0) Double penalty,
    @Range(min = 1, max = Range.MANY) Integer multiplierPeriod)
    implements PolicySettings {
  public SamplerSettings {
    learningRate = given(learningRate, 0.05);
    beta1 = given(beta1, 0.5);
    beta2 = given(beta2, 0.999);
    temperature = given(temperature, 5.0);
    finalTemperature = given(finalTemperature, 0.5);
    entropyWeight = given(entropyWeight, 0.0);
    penalty = given(penalty, 1.0);
    multiplierPeriod = given(multiplierPeriod, 5);
    ranges(
        SamplerSettings.class,
        learningRate,
        beta1,
        beta2,
        temperature,
        finalTemperature,
        entropyWeight,
        penalty,
        multiplierPeriod);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.GATE_GRADIENTS;
  }

  @Override
  public Policy start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    CostMultiplier unused = new CostMultiplier(0, penalty, Double.POSITIVE_INFINITY);
    return GradientPolicy.start(
        Categoricals.uniform(choices.sizes()),
        new StraightThrough(
            new StraightThrough.Temperature(temperature, finalTemperature, plannedSteps),
            entropyWeight,
            Collections.nCopies(choices.limits().size(), unused),
            multiplierPeriod),
        new AdamRule(learningRate, beta1, beta2, AdamRule.EPSILON, 0));
  }

  /** Every default. */
  public static SamplerSettings defaults() {
    return new SamplerSettings(null, null, null, null, null, null, null, null);
  }
}
