package org.espalier.search.random;

import java.util.Locale;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.search.finals.CandidateSettings;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.space.SearchedSpace;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.settings.Checks;
import org.espalier.settings.Inlined;
import org.espalier.settings.Range;
import org.espalier.settings.Required;

/**
 * Settings of {@link RandomWidthSearch}. A component that is left out takes its default.
 *
 * @param family networks whose widths are searched; default plain
 * @param budget what a network may cost; must be given
 * @param choices which widths there are to choose from; default its defaults
 * @param candidates networks tried, at least 1; default 24, usually 16 to 200
 * @param candidatesPerRound networks tried in one round, after each of which a checkpoint can be
 *     written, at least 1; default 16
 * @param finals how networks are trained; random search is no baseline of itself
 */
public record RandomWidthSettings(
    ReadyMade.Family family,
    @Required("what a network may cost") Budget budget,
    WidthChoices choices,
    @Range(min = 1, max = 100_000) Integer candidates,
    @Range(min = 1, max = 100_000) Integer candidatesPerRound,
    @Inlined FinalsSettings finals)
    implements CandidateSettings, SearchedSpace {
  public RandomWidthSettings {
    family = Checks.given(family, ReadyMade.Family.PLAIN);
    choices = Checks.given(choices, WidthChoices.STANDARD);
    candidates = Checks.given(candidates, 24);
    candidatesPerRound = Checks.given(candidatesPerRound, 16);
    finals = Checks.given(finals, FinalsSettings.defaults());
    Checks.present("budget", budget);
    Checks.ranges(
        RandomWidthSettings.class, family, budget, choices, candidates, candidatesPerRound, finals);
    choices.checkFits(family);
  }

  @Override
  public Optional<Budget> limit() {
    return Optional.of(budget);
  }

  @Override
  public WidthSpace handedOver(ImageShape input, int classes) {
    return WidthSpace.of(family, input, classes, choices);
  }

  @Override
  public String describe() {
    return "%s networks of the family %s, drawn and trained for %s epoch%s each"
        .formatted(
            candidates,
            family.name().toLowerCase(Locale.ROOT).replace("_", ""),
            finals.trial().epochs(),
            finals.trial().epochs() == 1 ? "" : "s");
  }
}
