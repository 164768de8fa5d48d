package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Range;

/**
 * Settings of {@link RegressionProposer}. A component that is left out takes its default.
 *
 * @param first different candidates drawn uniformly before the regression is asked, at least 2;
 *     default 10, usually 5 to 50
 */
public record RegressionSettings(@Range(min = 2, max = Range.MANY) Integer first)
    implements ProposerSettings {
  public RegressionSettings {
    first = given(first, 10);
    ranges(RegressionSettings.class, first);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public Proposer start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return RegressionProposer.start(this);
  }

  /** Every default. */
  public static RegressionSettings defaults() {
    return new RegressionSettings(null);
  }
}
