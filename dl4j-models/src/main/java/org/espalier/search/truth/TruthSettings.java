package org.espalier.search.truth;

import org.espalier.data.SplitSettings;
import org.espalier.network.ReadyMade;
import org.espalier.search.space.WidthChoices;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.training.TrainingSettings;

/**
 * Settings of {@link TruthSearch}. A component that is left out takes its default.
 *
 * @param family networks all of whose widths are trained; default plain3
 * @param choices which widths there are; default its defaults. Their combinations are at most
 *     {@value #MOST_NETWORKS}
 * @param seeds with which each network is trained, at least 1; default 3
 * @param itemWork most planned work of one item in MACs, at least 1; default 5e11, about a minute
 * @param split into training, validation and test; default its defaults
 * @param training of every network; default its defaults
 */
public record TruthSettings(
    ReadyMade.Family family,
    WidthChoices choices,
    @Range(min = 1, max = 1000) Integer seeds,
    @Range(min = 1) Long itemWork,
    SplitSettings split,
    TrainingSettings training) {
  /** Larger spaces are not for exhaustive training. */
  public static final int MOST_NETWORKS = 4096;

  public TruthSettings {
    family = Checks.given(family, ReadyMade.Family.PLAIN3);
    choices = Checks.given(choices, WidthChoices.STANDARD);
    seeds = Checks.given(seeds, 3);
    itemWork = Checks.given(itemWork, 500_000_000_000L);
    split = Checks.given(split, SplitSettings.STANDARD);
    training = Checks.given(training, TrainingSettings.defaults());
    Checks.ranges(TruthSettings.class, family, choices, seeds, itemWork, split, training);
    choices.checkFits(family);
    if (split.validationShare() == 0) {
      throw new SettingException("split.validationShare", "must be above 0");
    }
  }
}
