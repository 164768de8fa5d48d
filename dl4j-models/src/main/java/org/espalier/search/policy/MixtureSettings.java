package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Inlined;

/**
 * Independent choices of which all options are computed and mixed, and which learn from gradients
 * ({@link FullMixture}). Every step costs as much as all options together.
 *
 * @param learning from gradients
 */
@JsonTypeName("mixture")
public record MixtureSettings(@Inlined GateSettings learning) implements PolicySettings {
  public MixtureSettings {
    learning = given(learning, GateSettings.defaults());
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
    return learning.start(choices, new FullMixture(learning.objective(choices)), random);
  }

  /** Every default. */
  public static MixtureSettings defaults() {
    return new MixtureSettings(null);
  }
}
