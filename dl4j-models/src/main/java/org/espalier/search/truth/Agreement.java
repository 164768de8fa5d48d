package org.espalier.search.truth;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Agreement of predicted scores with true ones, both given network by network. Higher scores are
 * better; ties are counted as such.
 */
public final class Agreement {
  private Agreement() {}

  /**
   * Kendall's tau-b: {@code (C - D) / sqrt((C + D + Tx)(C + D + Ty))} over all pairs, with C
   * concordant and D discordant ones, and Tx, Ty tied in one of the scores only (Kendall, "The
   * treatment of ties in ranking problems", Biometrika 1945).
   *
   * @return in [-1, 1]; 0 if one of the scores is the same everywhere
   */
  public static double kendall(List<Double> predicted, List<Double> truth) {
    check(predicted, truth);
    long concordant = 0;
    long discordant = 0;
    long tiedPredicted = 0;
    long tiedTruth = 0;
    for (int i = 0; i < predicted.size(); i++) {
      for (int j = i + 1; j < predicted.size(); j++) {
        int byPrediction = Double.compare(predicted.get(i), predicted.get(j));
        int byTruth = Double.compare(truth.get(i), truth.get(j));
        int both = Integer.signum(byPrediction) * Integer.signum(byTruth);
        concordant += both > 0 ? 1 : 0;
        discordant += both < 0 ? 1 : 0;
        tiedPredicted += byPrediction == 0 && byTruth != 0 ? 1 : 0;
        tiedTruth += byTruth == 0 && byPrediction != 0 ? 1 : 0;
      }
    }
    double untied = (double) concordant + discordant;
    double scale = StrictMath.sqrt((untied + tiedPredicted) * (untied + tiedTruth));
    return scale == 0 ? 0 : (concordant - discordant) / scale;
  }

  /**
   * {@link #kendall} over the truly best networks alone, which shows whether good ones are told
   * apart: over all networks the bad ones flatter it.
   *
   * @param share of the networks, above 0 and at most 1; rounded up
   */
  public static double kendallOfBest(List<Double> predicted, List<Double> truth, double share) {
    check(predicted, truth);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be above 0 and at most 1, got " + share);
    }
    List<Integer> best = best(truth, (int) StrictMath.ceil(share * truth.size()));
    return kendall(
        best.stream().map(predicted::get).toList(), best.stream().map(truth::get).toList());
  }

  /**
   * Spearman's rho: the correlation of ranks, tied scores sharing the mean of their ranks.
   *
   * @return in [-1, 1]; 0 if one of the scores is the same everywhere
   */
  public static double spearman(List<Double> predicted, List<Double> truth) {
    check(predicted, truth);
    double[] x = ranks(predicted);
    double[] y = ranks(truth);
    double mean = (x.length + 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    return xx == 0 || yy == 0 ? 0 : xy / StrictMath.sqrt(xx * yy);
  }

  /** How much the truly best network is better than the one predicted best; at least 0. */
  public static double regret(List<Double> predicted, List<Double> truth) {
    check(predicted, truth);
    double best = truth.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return best - truth.get(best(predicted, 1).get(0));
  }

  /** The share of the truly best k that are among the k predicted best, in [0, 1]. */
  public static double topHit(List<Double> predicted, List<Double> truth, int k) {
    check(predicted, truth);
    if (k < 1 || k > truth.size()) {
      throw new IllegalArgumentException(
          "k must be from 1 to %s, got %s".formatted(truth.size(), k));
    }
    List<Integer> found = best(predicted, k);
    return best(truth, k).stream().filter(found::contains).count() / (double) k;
  }

  /** The k best, of equals the first. */
  private static List<Integer> best(List<Double> scores, int k) {
    return IntStream.range(0, scores.size())
        .boxed()
        .sorted(Comparator.comparing(scores::get, Comparator.reverseOrder()))
        .limit(k)
        .toList();
  }

  private static double[] ranks(List<Double> scores) {
    double[] ranks = new double[scores.size()];
    for (int i = 0; i < ranks.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : scores) {
        int order = Double.compare(other, scores.get(i));
        below += order < 0 ? 1 : 0;
        equal += order == 0 ? 1 : 0;
      }
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }

  private static void check(List<Double> predicted, List<Double> truth) {
    if (predicted.size() != truth.size() || truth.isEmpty()) {
      throw new IllegalArgumentException(
          "need as many predicted scores as true ones, at least one, got %s and %s"
              .formatted(predicted.size(), truth.size()));
    }
  }
}
