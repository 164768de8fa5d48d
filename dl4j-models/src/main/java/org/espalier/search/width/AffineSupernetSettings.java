package org.espalier.search.width;

import org.espalier.search.supernet.SupernetSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Inlined;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * How the shared weights of {@link AffineSharingSearch} are trained. A component that is left out
 * takes its default.
 *
 * @param transitionEnd share of the rounds, in [warmUp, 1], after which sharing has reached its
 *     end; in the warm-up it stays as it begins; default 0.8
 * @param training how steps are taken and samples judged
 */
public record AffineSupernetSettings(
    @Range(min = 0, max = 1) Double transitionEnd, @Inlined SupernetSettings training) {
  public AffineSupernetSettings {
    training = Checks.given(training, SupernetSettings.STANDARD);
    transitionEnd = Checks.given(transitionEnd, 0.8);
    Checks.ranges(AffineSupernetSettings.class, transitionEnd, training);
    if (!(transitionEnd >= training.warmUp() && transitionEnd <= 1)) {
      throw new SettingException(
          "transitionEnd",
          "must be in [warmUp, 1] = [%s, 1], got %s".formatted(training.warmUp(), transitionEnd));
    }
  }

  /** All defaults. */
  static AffineSupernetSettings defaults() {
    return new AffineSupernetSettings(null, null);
  }

  /** How far the transition is in a round, from 0 to 1. */
  double transition(int round) {
    double from = training.warmUpRounds();
    double to = transitionEnd * training.rounds();
    if (round < from) {
      return 0;
    }
    return to > from ? Math.min(1, (round - from) / (to - from)) : 1;
  }
}
