package org.espalier.search.random;

import java.util.Locale;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.network.ReadyMade;
import org.espalier.search.space.MethodSettings;
import org.espalier.search.space.WidthChoices;
import org.espalier.training.EarlyStopping;
import org.espalier.training.TrainingSettings;

/**
 * Settings of {@link RandomWidthSearch}. A component that is left out takes its default.
 *
 * @param family networks whose widths are searched; default plain
 * @param budget what a network may cost; must be given
 * @param choices which widths there are to choose from; default its defaults
 * @param candidates networks tried, at least 1; default 24, usually 16 to 200
 * @param candidatesPerRound networks tried in one round, after each of which a checkpoint can be
 *     written, at least 1; default 16
 * @param itemWork most planned work of one item in MACs, at least 1; a longer training is spread
 *     over rounds; default 5e11, about a minute
 * @param retrainings how often the found network and the uniform one are retrained, with different
 *     seeds, at least 1; default 1
 * @param split into training, validation and test; default its defaults. The test part is never
 *     touched
 * @param trial how candidates are trained; default 3 epochs, otherwise as usual
 * @param retrain how the best candidate and the baseline are trained; default its defaults
 */
public record RandomWidthSettings(
    ReadyMade.Family family,
    Budget budget,
    WidthChoices choices,
    Integer candidates,
    Integer candidatesPerRound,
    Long itemWork,
    Integer retrainings,
    SplitSettings split,
    TrainingSettings trial,
    TrainingSettings retrain)
    implements MethodSettings {
  private static final int TRIAL_EPOCHS = 3;

  public RandomWidthSettings {
    family = given(family, ReadyMade.Family.PLAIN);
    choices = given(choices, WidthChoices.STANDARD);
    candidates = given(candidates, 24);
    candidatesPerRound = given(candidatesPerRound, 16);
    itemWork = given(itemWork, 500_000_000_000L);
    retrainings = given(retrainings, 1);
    split = given(split, SplitSettings.STANDARD);
    trial = given(trial, TrainingSettings.defaults().withEpochs(TRIAL_EPOCHS));
    retrain = given(retrain, TrainingSettings.defaults());
    if (budget == null) {
      throw new IllegalArgumentException("budget is missing: what a network may cost");
    }
    atLeastOne("candidates", candidates);
    atLeastOne("candidatesPerRound", candidatesPerRound);
    atLeastOne("itemWork", itemWork);
    atLeastOne("retrainings", retrainings);
    choices.checkFits(family);
    if (split.validationShare() == 0) {
      throw new IllegalArgumentException(
          "candidates are compared on the validation part: validationShare must be above 0");
    }
    if (!trial.earlyStopping().equals(EarlyStopping.off())) {
      throw new IllegalArgumentException(
          "trials are compared after equal work: earlyStopping must be off in trial");
    }
  }

  @Override
  public String describe() {
    return "%d networks of the family %s, drawn and trained for %d epoch%s each"
        .formatted(
            candidates,
            family.name().toLowerCase(Locale.ROOT).replace("_", ""),
            trial.epochs(),
            trial.epochs() == 1 ? "" : "s");
  }

  private static <T> T given(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }
}
