package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Range;

/**
 * Independent choices that move along the natural gradient of ranks of rewards ({@link
 * NaturalGradientPolicy}).
 *
 * @param firstStep length of the first step, above 0; it adapts; default 1
 * @param costExponent power of cost over limit that scales rewards of candidates over it, at most
 *     0; default -0.1, usually -1 to -0.05
 */
@JsonTypeName("asng")
public record NaturalGradientSettings(
    @Range(above = 0) Double firstStep, @Range(max = 0) Double costExponent)
    implements PolicySettings {
  public NaturalGradientSettings {
    firstStep = given(firstStep, 1.0);
    costExponent = given(costExponent, -0.1);
    ranges(NaturalGradientSettings.class, firstStep, costExponent);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public Policy start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return NaturalGradientPolicy.start(choices.sizes(), new Reward(costExponent), firstStep);
  }

  /** Every default. */
  public static NaturalGradientSettings defaults() {
    return new NaturalGradientSettings(null, null);
  }
}
