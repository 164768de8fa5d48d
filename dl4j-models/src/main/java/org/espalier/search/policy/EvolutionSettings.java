package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * Settings of {@link Evolution}. A component that is left out takes its default.
 *
 * @param population living candidates, at least 2; default 10, usually 10 to 100
 * @param tournament candidates of which the best has a child, from 1 to the population; default 3,
 *     usually a quarter of the population
 */
@JsonTypeName("evolution")
public record EvolutionSettings(
    @Range(min = 2, max = Range.MANY) Integer population,
    @Range(min = 1, max = Range.MANY) Integer tournament)
    implements ProposerSettings {
  public EvolutionSettings {
    population = given(population, 10);
    tournament = given(tournament, 3);
    ranges(EvolutionSettings.class, population, tournament);
    if (tournament > population) {
      throw new SettingException(
          "tournament",
          "must be at most the population, %s, got %s".formatted(population, tournament));
    }
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public Proposer start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    return new Evolution(this, History.NONE);
  }

  /** Every default. */
  public static EvolutionSettings defaults() {
    return new EvolutionSettings(null, null);
  }
}
