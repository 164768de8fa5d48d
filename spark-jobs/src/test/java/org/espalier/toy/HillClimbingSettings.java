package org.espalier.toy;

import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.search.finals.CandidateSettings;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.space.WidthChoices;
import org.espalier.settings.Checks;
import org.espalier.settings.Inlined;
import org.espalier.settings.Required;

/**
 * Settings of {@link HillClimbingSearch}. A component that is left out takes its default.
 *
 * @param budget what a network may cost; must be given
 * @param choices which widths there are to choose from; default its defaults
 * @param rounds most rounds of a climb, at least 1; default 4
 * @param attempts most networks trained in one round, at least 1; default 4
 * @param finals how networks are trained
 */
public record HillClimbingSettings(
    @Required("what a network may cost") Budget budget,
    WidthChoices choices,
    Integer rounds,
    Integer attempts,
    @Inlined FinalsSettings finals)
    implements CandidateSettings {
  public HillClimbingSettings {
    choices = Checks.given(choices, WidthChoices.STANDARD);
    rounds = Checks.given(rounds, 4);
    attempts = Checks.given(attempts, 4);
    finals = Checks.given(finals, FinalsSettings.defaults());
    Checks.present("budget", budget);
    Checks.atLeast("rounds", 1, rounds);
    Checks.atLeast("attempts", 1, attempts);
    choices.checkFits(HillClimbingSearch.FAMILY);
  }

  @Override
  public Optional<Budget> limit() {
    return Optional.of(budget);
  }

  @Override
  public String describe() {
    return "a climb of up to %s rounds of %s networks".formatted(rounds, attempts);
  }
}
