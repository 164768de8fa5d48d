package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Inlined;

/**
 * Independent choices that learn from rewards ({@link Reinforce}).
 *
 * @param learning from rewards
 */
@JsonTypeName("reinforce")
public record ReinforceSettings(@Inlined RewardSettings learning) implements PolicySettings {
  public ReinforceSettings {
    learning = given(learning, RewardSettings.defaults());
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public Policy start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return learning.start(choices, learning.reinforce());
  }

  /** Every default. */
  public static ReinforceSettings defaults() {
    return new ReinforceSettings(null);
  }
}
