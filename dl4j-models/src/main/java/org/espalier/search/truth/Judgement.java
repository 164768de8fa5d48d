package org.espalier.search.truth;

import java.util.List;

/**
 * How well one search agrees with the truth.
 *
 * @param tau {@link Agreement#kendall} over all networks
 * @param spearman {@link Agreement#spearman} over all networks
 * @param regret {@link Agreement#regret}, a share
 * @param topHit {@link Agreement#topHit} of the best {@value #TOP}
 * @param tauOfBest {@link Agreement#kendallOfBest} over the truly best fifth
 */
public record Judgement(
    double tau, double spearman, double regret, double topHit, double tauOfBest) {
  /** How many networks {@code topHit} counts. */
  public static final int TOP = 5;

  private static final double BEST = 0.2;

  /** Judges scores of networks, both lists in the same order. */
  public static Judgement of(List<Double> predicted, List<Double> truth) {
    return new Judgement(
        Agreement.kendall(predicted, truth),
        Agreement.spearman(predicted, truth),
        Agreement.regret(predicted, truth),
        Agreement.topHit(predicted, truth, TOP),
        Agreement.kendallOfBest(predicted, truth, BEST));
  }
}
