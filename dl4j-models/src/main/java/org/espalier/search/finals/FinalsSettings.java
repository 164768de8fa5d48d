package org.espalier.search.finals;

import java.util.List;
import org.espalier.data.SplitSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.training.EarlyStopping;
import org.espalier.training.TrainingSettings;

/**
 * The settings that all methods have in common which find candidates: how networks are trained once
 * the candidates are known. A component that is left out takes its default.
 *
 * @param baselines what the found network is compared with; default all that the method has, but
 *     uniformLonger only if {@code retrain} does not stop early
 * @param itemWork most planned work of one item in MACs, at least 1; a longer training is spread
 *     over rounds; default 5e11, about a minute
 * @param retrainings how often each final network is trained, with different seeds, at least 0;
 *     default 1. With 0 the search ends with its candidates
 * @param split into training, validation and test; default its defaults. Searches learn from
 *     training and validation part, and the test part is never touched
 * @param trial how candidates are trained in a contest, and the networks of random search; default
 *     3 epochs, otherwise as usual
 * @param retrain how final networks are trained; default its defaults
 */
public record FinalsSettings(
    List<Baseline> baselines,
    @Range(min = 1) Long itemWork,
    @Range(min = 0, max = 1000) Integer retrainings,
    SplitSettings split,
    TrainingSettings trial,
    TrainingSettings retrain) {
  private static final int TRIAL_EPOCHS = 3;

  public FinalsSettings {
    itemWork = Checks.given(itemWork, 500_000_000_000L);
    retrainings = Checks.given(retrainings, 1);
    split = Checks.given(split, SplitSettings.STANDARD);
    trial = Checks.given(trial, TrainingSettings.defaults().withEpochs(TRIAL_EPOCHS));
    retrain = Checks.given(retrain, TrainingSettings.defaults());
    boolean allEpochs = retrain.earlyStopping().equals(EarlyStopping.off());
    List<Baseline> usual =
        allEpochs ? List.of(Baseline.values()) : List.of(Baseline.UNIFORM, Baseline.RANDOM);
    baselines = List.copyOf(Checks.given(baselines, usual));
    Checks.ranges(FinalsSettings.class, baselines, itemWork, retrainings, split, trial, retrain);
    if (baselines.stream().distinct().count() < baselines.size()) {
      throw new SettingException("baselines", "must name each once, got " + baselines);
    }
    if (split.validationShare() == 0) {
      throw new SettingException(
          "split.validationShare", "must be above 0: candidates are compared on that part");
    }
    if (baselines.contains(Baseline.UNIFORM_LONGER) && !allEpochs) {
      throw new SettingException(
          "retrain.earlyStopping",
          "must be off: the baseline uniformLonger is trained for as long as the search took");
    }
    if (!trial.earlyStopping().equals(EarlyStopping.off())) {
      throw new SettingException(
          "trial.earlyStopping", "must be off: trials are compared after equal work");
    }
  }

  /** All defaults. */
  public static FinalsSettings defaults() {
    return new FinalsSettings(null, null, null, null, null, null);
  }

  /**
   * Refuses settings that end with candidates: without a final training there is no network to hand
   * over.
   */
  public void checkHandsOver() {
    if (retrainings == 0) {
      throw new SettingException(
          "retrainings",
          "must be at least 1: without a final training there is no network to hand over, got 0");
    }
  }
}
