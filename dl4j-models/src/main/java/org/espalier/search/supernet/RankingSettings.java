package org.espalier.search.supernet;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How a trained supernet is read. Candidates over the budget are never among those ranked. A
 * component that is left out takes its default.
 *
 * @param candidates ranked on the validation part with shared weights, at least 1; default 48. The
 *     method's reference, such as the network of uniform widths, is ranked on top of them, if the
 *     space has it within the budget and the least share. A space with no more networks than this
 *     is ranked whole
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
    @Range(min = 1, max = 100_000) Integer candidates,
    @Range(min = 0, max = 10_000) Integer beam,
    @Range(min = 0, below = 1) Double leastShare,
    @Range(min = 1, max = Range.MANY) Integer calibrationImages,
    @Range(min = 1, max = Range.MANY) Integer validationImages,
    TuningSettings tuning,
    @Range(min = 1, max = 10_000) Integer winners) {
  /** All defaults. */
  public static final RankingSettings STANDARD =
      new RankingSettings(null, null, null, null, null, null, null);

  public RankingSettings {
    candidates = Checks.given(candidates, 48);
    beam = Checks.given(beam, 16);
    leastShare = Checks.given(leastShare, 0.0);
    calibrationImages = Checks.given(calibrationImages, 1024);
    validationImages = Checks.given(validationImages, 10_000);
    tuning = Checks.given(tuning, TuningSettings.NONE);
    winners = Checks.given(winners, 4);
    Checks.ranges(
        RankingSettings.class,
        candidates,
        beam,
        leastShare,
        calibrationImages,
        validationImages,
        tuning,
        winners);
  }
}
