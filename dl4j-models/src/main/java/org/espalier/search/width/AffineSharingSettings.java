package org.espalier.search.width;

import java.util.Locale;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.search.finals.CandidateSettings;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.policy.LstmSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.space.SearchedSpace;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Inlined;
import org.espalier.settings.Required;
import org.espalier.settings.SettingException;

/**
 * Settings of {@link AffineSharingSearch}. A component that is left out takes its default.
 *
 * @param family networks whose widths are searched; default resnet20
 * @param budget what a network may cost; must be given. Nothing over it is ever returned
 * @param choices which widths there are to choose from; default its defaults
 * @param sharing how widths share weights; default the transition in closed form
 * @param policy what learns which widths are good; default the LSTM controller
 * @param supernet how shared weights are trained; default its defaults
 * @param ranking how candidates are taken from the trained supernet; default its defaults
 * @param finals how networks are trained once candidates are ranked; the supernet learns from
 *     images augmented as in {@code retrain}
 */
public record AffineSharingSettings(
    ReadyMade.Family family,
    @Required("what a network may cost") Budget budget,
    WidthChoices choices,
    Sharing sharing,
    PolicySettings policy,
    AffineSupernetSettings supernet,
    RankingSettings ranking,
    @Inlined FinalsSettings finals)
    implements CandidateSettings, SearchedSpace {
  public AffineSharingSettings {
    family = Checks.given(family, ReadyMade.Family.RESNET20);
    choices = Checks.given(choices, WidthChoices.STANDARD);
    sharing = Checks.given(sharing, Sharing.Transition.complete());
    policy = Checks.given(policy, LstmSettings.defaults());
    supernet = Checks.given(supernet, AffineSupernetSettings.defaults());
    ranking = Checks.given(ranking, RankingSettings.STANDARD);
    finals = Checks.given(finals, FinalsSettings.defaults());
    Checks.present("budget", budget);
    choices.checkFits(family);
    if (policy.computesSeveral()) {
      throw new SettingException(
          "policy",
          "must compute one option of a choice at a time, as there is no mixture of widths: gumbel,"
              + " lstm, reinforce, relax or asng");
    }
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
    return "shared weights of %s in %s rounds, %s candidates ranked, %s tuned, %s tried alone"
        .formatted(
            family.name().toLowerCase(Locale.ROOT),
            supernet.training().rounds(),
            ranking.candidates(),
            ranking.tuning().candidates(),
            ranking.winners() > 1 ? ranking.winners() : 0);
  }
}
