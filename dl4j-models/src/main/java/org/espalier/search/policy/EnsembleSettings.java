package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Inlined;
import org.espalier.settings.Range;

/**
 * Independent choices of which several options are drawn and computed at once, and which learn from
 * gradients ({@link StraightThrough} with several draws).
 *
 * @param draws of an option whose union is computed, at least 2; default 2, usually 2 to 7
 * @param temperature of the softened samples at the beginning, above 0; default 5, usually 1 to 10
 * @param finalTemperature the same at the end, above 0, linear in between; default 1, usually 0.1
 *     to 1
 * @param learning from gradients
 */
@JsonTypeName("egs")
public record EnsembleSettings(
    @Range(min = 2, max = 100) Integer draws,
    @Range(above = 0) Double temperature,
    @Range(above = 0) Double finalTemperature,
    @Inlined GateSettings learning)
    implements PolicySettings {
  public EnsembleSettings {
    draws = given(draws, 2);
    temperature = given(temperature, 5.0);
    finalTemperature = given(finalTemperature, 1.0);
    learning = given(learning, GateSettings.defaults());
    ranges(EnsembleSettings.class, draws, temperature, finalTemperature, learning);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.GATE_GRADIENTS;
  }

  @Override
  public boolean computesSeveral() {
    return true;
  }

  @Override
  public Policy start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return learning.start(
        choices,
        new StraightThrough(
            draws,
            new StraightThrough.Temperature(temperature, finalTemperature, plannedSteps),
            learning.objective(choices)),
        random);
  }

  /** Every default. */
  public static EnsembleSettings defaults() {
    return new EnsembleSettings(null, null, null, null);
  }
}
