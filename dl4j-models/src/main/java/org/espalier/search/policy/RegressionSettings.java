package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * Settings of {@link RegressionProposer}. A component that is left out takes its default.
 *
 * @param first different candidates drawn uniformly before the regression is asked, at least 2;
 *     default 10, usually 5 to 50
 * @param noises variances that a judgement may have, as shares of what candidates differ by, each
 *     above 0, at least one; the most probable is taken; default 0.01, 0.03, 0.1 and 0.3, of short
 *     trainings up to 3
 * @param exploration how far the scores that proposals are the best by are from the expected one,
 *     at least 0: 1 draws them by their probability, less asks more often for what is known to be
 *     good; default 1, of few noisy judgements about 0.3
 */
@JsonTypeName("regression")
public record RegressionSettings(
    @Range(min = 2, max = Range.MANY) Integer first,
    List<@Range(above = 0) Double> noises,
    @Range(min = 0, max = 10) Double exploration)
    implements ProposerSettings {
  public RegressionSettings {
    first = given(first, 10);
    noises = List.copyOf(given(noises, List.of(0.01, 0.03, 0.1, 0.3)));
    exploration = given(exploration, 1.0);
    ranges(RegressionSettings.class, first, noises, exploration);
    if (noises.isEmpty()) {
      throw new SettingException("noises", "must have at least one");
    }
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public Proposer start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return RegressionProposer.start(this, choices);
  }

  /** Every default. */
  public static RegressionSettings defaults() {
    return new RegressionSettings(null, null, null);
  }
}
