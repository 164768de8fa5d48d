package org.espalier.search.augment;

import java.util.List;
import org.espalier.search.policy.EvolutionSettings;
import org.espalier.search.policy.Lesson;
import org.espalier.search.policy.ProposerSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.training.EarlyStopping;
import org.espalier.training.TrainingSettings;

/**
 * Settings of {@link DensitySearch}. A component that is left out takes its default.
 *
 * @param candidates policies judged, at least 0; default 0, with which policies are judged
 *     otherwise, usually 100 to 1,000
 * @param perRound of them proposed at a time, by what those before came to, at least 1; default 16
 * @param proposer of policies, which learns from their scores; default evolution
 * @param draws of a policy for each validation image, at least 1; default 1
 * @param training of the network that judges, without a policy; default 10 epochs, otherwise as
 *     usual
 */
public record DensitySettings(
    @Range(min = 0, max = 1_000_000) Integer candidates,
    @Range(min = 1, max = 100_000) Integer perRound,
    ProposerSettings proposer,
    @Range(min = 1, max = 1000) Integer draws,
    TrainingSettings training) {
  /** With which an operation may be applied. */
  static final List<Double> PROBABILITIES = List.of(0.2, 0.4, 0.6, 0.8, 1.0);

  /** At which an operation may be. */
  static final List<Double> LEVELS = List.of(0.1, 0.3, 0.5, 0.7, 0.9);

  private static final int EPOCHS = 10;

  public DensitySettings {
    candidates = Checks.given(candidates, 0);
    perRound = Checks.given(perRound, 16);
    proposer = Checks.given(proposer, EvolutionSettings.defaults());
    draws = Checks.given(draws, 1);
    training = Checks.given(training, TrainingSettings.defaults().withEpochs(EPOCHS));
    Checks.ranges(DensitySettings.class, candidates, perRound, proposer, draws, training);
    if (proposer.learnsFrom() != Lesson.REWARDS) {
      throw new SettingException(
          "proposer", "must learn from scores, such as evolution, regression or asng");
    }
    if (training.augmentation().hasPolicy()) {
      throw new SettingException(
          "training.augmentation.policy",
          "must be left out: the network that judges policies learns without one");
    }
    if (!training.earlyStopping().equals(EarlyStopping.off())) {
      throw new SettingException(
          "training.earlyStopping", "must be off: the network is judged by nothing but policies");
    }
  }

  /** Every default: no density matching. */
  public static DensitySettings none() {
    return new DensitySettings(null, null, null, null, null);
  }

  /** Whether policies are judged like this. */
  public boolean given() {
    return candidates > 0;
  }
}
