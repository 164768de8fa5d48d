package org.espalier.search.truth;

import java.util.Objects;
import org.espalier.data.SplitSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.training.TrainingSettings;

/**
 * Settings of {@link TruthSearch}. A component that is left out takes its default.
 *
 * @param space networks that are all trained, at most {@value #MOST_NETWORKS}; must be given
 * @param seeds with which each network is trained, at least 1; default 3
 * @param itemWork most planned work of one item in MACs, at least 1; default 5e11, about a minute
 * @param split into training, validation and test; default its defaults
 * @param training of every network; default its defaults
 */
public record TruthSettings(
    TruthSpace space,
    @Range(min = 1, max = 1000) Integer seeds,
    @Range(min = 1) Long itemWork,
    SplitSettings split,
    TrainingSettings training) {
  /** Larger spaces are not for exhaustive training. */
  public static final int MOST_NETWORKS = 4096;

  public TruthSettings {
    Objects.requireNonNull(space, "space");
    seeds = Checks.given(seeds, 3);
    itemWork = Checks.given(itemWork, 500_000_000_000L);
    split = Checks.given(split, SplitSettings.STANDARD);
    training = Checks.given(training, TrainingSettings.defaults());
    Checks.ranges(TruthSettings.class, space, seeds, itemWork, split, training);
    if (split.validationShare() == 0) {
      throw new SettingException("split.validationShare", "must be above 0");
    }
  }
}
