package org.espalier.search.width;

import org.espalier.training.SettingsChecks;

/**
 * How the trained supernet of {@link AffineSharingSearch} is read. Candidates over the budget are
 * never among those ranked. A component that is left out takes its default.
 *
 * @param candidates ranked on the validation part with shared weights, at least 1, and the network
 *     of uniform widths on top if the space has it within the budget and the least share; if the
 *     whole space is not larger, all of it is; default 48
 * @param beam how many of them are the most probable ones of the policy, at least 0; the others are
 *     samples of it, and, as far as too few of those are within the budget, uniform draws; default
 *     16
 * @param leastShare of the budget that a ranked candidate takes, in [0, 1); default 0, usually 0.8
 *     to 0.95 where the budget is tight: with shared weights, cheap networks look better than they
 *     are, since they are the first to have learned. If there are none, the share does not count
 * @param calibrationImages of the training part on which the statistics of batch norm are estimated
 *     anew for each candidate, at least 1; default 1024
 * @param validationImages on which a candidate is judged, at most; at least 1; default 10000
 * @param tuning how the first of them are compared once more; default not at all
 * @param winners the first of the ranking, which are then trained from scratch shortly, and the
 *     best of which is found, at least 1; default 4. With 1 the ranking alone decides
 */
public record RankingSettings(
    Integer candidates,
    Integer beam,
    Double leastShare,
    Integer calibrationImages,
    Integer validationImages,
    TuningSettings tuning,
    Integer winners) {
  /** All defaults. */
  public static final RankingSettings STANDARD =
      new RankingSettings(null, null, null, null, null, null, null);

  public RankingSettings {
    candidates = SettingsChecks.given(candidates, 48);
    beam = SettingsChecks.given(beam, 16);
    leastShare = SettingsChecks.given(leastShare, 0.0);
    calibrationImages = SettingsChecks.given(calibrationImages, 1024);
    validationImages = SettingsChecks.given(validationImages, 10_000);
    tuning = SettingsChecks.given(tuning, TuningSettings.NONE);
    winners = SettingsChecks.given(winners, 4);
    SettingsChecks.belowOne("leastShare", leastShare);
    SettingsChecks.atLeast("candidates", 1, candidates);
    SettingsChecks.atLeast("beam", 0, beam);
    SettingsChecks.atLeast("calibrationImages", 1, calibrationImages);
    SettingsChecks.atLeast("validationImages", 1, validationImages);
    SettingsChecks.atLeast("winners", 1, winners);
  }
}
