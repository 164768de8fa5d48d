package org.espalier.search.trials;

import java.util.List;
import org.espalier.search.policy.Lesson;
import org.espalier.search.policy.ProposerSettings;
import org.espalier.search.policy.RegressionSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.training.EarlyStopping;
import org.espalier.training.Schedule;
import org.espalier.training.TrainingSettings;

/**
 * Settings of {@link TrialSearch}. A component that is left out takes its default.
 *
 * @param candidates networks tried, at least 0; default 0, with which networks are judged
 *     otherwise, usually 16 to 200
 * @param perRound of them proposed at a time, by what those before came to, at least 1; default 8
 * @param proposer of networks, which learns from their accuracies; default a regression on picks
 *     and pairs of picks that allows for noisy trials
 * @param imageShare of the training part that a trial learns from, above 0 and at most 1; default 1
 * @param training of each; default one epoch without warm-up, otherwise as usual
 * @param winners which the proposer expects most of, that are trained once more, as networks of
 *     random search are, at least 1; default 3. With 1 there is no such contest, and that one is
 *     found
 */
public record TrialSettings(
    @Range(min = 0, max = 100_000) Integer candidates,
    @Range(min = 1, max = 100_000) Integer perRound,
    ProposerSettings proposer,
    @Range(above = 0, max = 1) Double imageShare,
    TrainingSettings training,
    @Range(min = 1, max = 1000) Integer winners) {
  private static final ProposerSettings NOISY =
      new RegressionSettings(null, List.of(0.1, 0.3, 1.0, 3.0), 0.3);

  public TrialSettings {
    candidates = Checks.given(candidates, 0);
    perRound = Checks.given(perRound, 8);
    proposer = Checks.given(proposer, NOISY);
    imageShare = Checks.given(imageShare, 1.0);
    training =
        Checks.given(
            training,
            TrainingSettings.defaults().withEpochs(1).withSchedule(new Schedule.Cosine(0.0, null)));
    winners = Checks.given(winners, 3);
    Checks.ranges(
        TrialSettings.class, candidates, perRound, proposer, imageShare, training, winners);
    if (proposer.learnsFrom() != Lesson.REWARDS) {
      throw new SettingException(
          "proposer",
          "must learn from accuracies: networks that are trained alone have no gates whose"
              + " gradients it could learn from");
    }
    if (!training.earlyStopping().equals(EarlyStopping.off())) {
      throw new SettingException(
          "training.earlyStopping", "must be off: trials are compared after equal work");
    }
  }

  /** Every default: no trials. */
  public static TrialSettings none() {
    return new TrialSettings(null, null, null, null, null, null);
  }

  /** What they are, for people. */
  public String describe() {
    return "tried alone, %s of them for %s epoch%s of %s of the images, the best %s for longer"
        .formatted(
            candidates,
            training.epochs(),
            training.epochs() == 1 ? "" : "s",
            imageShare == 1 ? "all" : "a share of " + imageShare,
            winners);
  }

  /** Whether there are trials. */
  public boolean given() {
    return candidates > 0;
  }
}
