package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Inlined;
import org.espalier.settings.Range;

/**
 * Independent choices of which one option is drawn, and which learn from gradients ({@link
 * StraightThrough}).
 *
 * @param temperature of the softened samples at the beginning, above 0; default 5, usually 1 to 10
 * @param finalTemperature the same at the end, above 0, linear in between; default 0.5, usually 0.1
 *     to 1
 * @param learning from gradients
 */
@JsonTypeName("gumbel")
public record SamplerSettings(
    @Range(above = 0) Double temperature,
    @Range(above = 0) Double finalTemperature,
    @Inlined GateSettings learning)
    implements PolicySettings {
  public SamplerSettings {
    temperature = given(temperature, 5.0);
    finalTemperature = given(finalTemperature, 0.5);
    learning = given(learning, GateSettings.defaults());
    ranges(SamplerSettings.class, temperature, finalTemperature, learning);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.GATE_GRADIENTS;
  }

  @Override
  public Policy start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return learning.start(
        choices,
        new StraightThrough(
            1,
            new StraightThrough.Temperature(temperature, finalTemperature, plannedSteps),
            learning.objective(choices)),
        random);
  }

  /** Every default. */
  public static SamplerSettings defaults() {
    return new SamplerSettings(null, null, null);
  }
}
