package org.espalier.search.width;

import java.util.List;
import java.util.Locale;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.network.ReadyMade;
import org.espalier.search.policy.LstmSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.space.MethodSettings;
import org.espalier.search.space.WidthChoices;
import org.espalier.settings.Checks;
import org.espalier.training.EarlyStopping;
import org.espalier.training.TrainingSettings;

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
 * @param baselines what the found network is compared with; default all
 * @param itemWork most planned work of one item in MACs, at least 1; a longer training is spread
 *     over rounds; default 5e11, about a minute
 * @param retrainings how often each final network is trained, with different seeds, at least 0;
 *     default 1. With 0 the search ends with its ranking
 * @param split into training, validation and test; default its defaults. The policy learns from the
 *     validation part, and the test part is never touched
 * @param trial how winners of the ranking and networks of random search are trained; default 3
 *     epochs, otherwise as usual
 * @param retrain how final networks are trained; its augmentation serves the supernet too; default
 *     its defaults
 */
public record AffineSharingSettings(
    ReadyMade.Family family,
    Budget budget,
    WidthChoices choices,
    Sharing sharing,
    PolicySettings policy,
    SupernetSettings supernet,
    RankingSettings ranking,
    List<Baseline> baselines,
    Long itemWork,
    Integer retrainings,
    SplitSettings split,
    TrainingSettings trial,
    TrainingSettings retrain)
    implements MethodSettings {
  private static final int TRIAL_EPOCHS = 3;

  public AffineSharingSettings {
    family = Checks.given(family, ReadyMade.Family.RESNET20);
    choices = Checks.given(choices, WidthChoices.STANDARD);
    sharing = Checks.given(sharing, Sharing.Transition.complete());
    policy = Checks.given(policy, LstmSettings.defaults());
    supernet = Checks.given(supernet, SupernetSettings.STANDARD);
    ranking = Checks.given(ranking, RankingSettings.STANDARD);
    baselines = List.copyOf(Checks.given(baselines, List.of(Baseline.values())));
    itemWork = Checks.given(itemWork, 500_000_000_000L);
    retrainings = Checks.given(retrainings, 1);
    split = Checks.given(split, SplitSettings.STANDARD);
    trial = Checks.given(trial, TrainingSettings.defaults().withEpochs(TRIAL_EPOCHS));
    retrain = Checks.given(retrain, TrainingSettings.defaults());
    if (budget == null) {
      throw new IllegalArgumentException("budget is missing: what a network may cost");
    }
    if (itemWork < 1) {
      throw new IllegalArgumentException("itemWork must be at least 1, got " + itemWork);
    }
    Checks.atLeast("retrainings", 0, retrainings);
    choices.checkFits(family);
    if (baselines.stream().distinct().count() < baselines.size()) {
      throw new IllegalArgumentException("baselines name one twice: " + baselines);
    }
    if (split.validationShare() == 0) {
      throw new IllegalArgumentException(
          "candidates are compared on the validation part: validationShare must be above 0");
    }
    if (baselines.contains(Baseline.UNIFORM_LONGER)
        && !retrain.earlyStopping().equals(EarlyStopping.off())) {
      throw new IllegalArgumentException(
          "uniform_longer is trained for as long as the search took: earlyStopping must be off in"
              + " retrain");
    }
    if (!trial.earlyStopping().equals(EarlyStopping.off())) {
      throw new IllegalArgumentException(
          "trials are compared after equal work: earlyStopping must be off in trial");
    }
  }

  @Override
  public String describe() {
    return "shared weights of %s in %d rounds, %d candidates ranked, %d tuned, %d tried alone"
        .formatted(
            family.name().toLowerCase(Locale.ROOT),
            supernet.rounds(),
            ranking.candidates(),
            ranking.tuning().candidates(),
            ranking.winners() > 1 ? ranking.winners() : 0);
  }
}
