package org.espalier.search.policy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/** Random search has nothing to set. */
@JsonTypeName("uniform")
public record UniformSettings() implements ProposerSettings {
  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public Proposer start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return new UniformProposer(History.NONE);
  }
}
