package org.espalier.search.truth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.search.truth.TruthTable.Row;

/**
 * What random search comes to: some networks drawn without repetition, each trained once, and the
 * best on the validation part taken. Over all draws and all seeds of the trainings, exactly.
 *
 * @param mean of the mean test accuracy of the network that is taken
 * @param deviation of it
 */
public record BestOfRandom(double mean, double deviation) {

  /**
   * Counts draws: with {@code n} networks of which {@code b} are better, the best of {@code k} is
   * one of {@code t} equal ones in {@code C(n - b, k) - C(n - b - t, k)} draws of {@code C(n, k)}.
   *
   * @param drawn networks, from 1 to those that there are
   */
  public static BestOfRandom of(TruthTable truth, int drawn) {
    int networks = truth.rows().size();
    if (drawn < 1 || drawn > networks) {
      throw new IllegalArgumentException(
          "can draw from 1 to %s networks, got %s".formatted(networks, drawn));
    }
    int seeds = truth.rows().stream().mapToInt(row -> row.validation().size()).min().orElseThrow();
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < seeds; seed++) {
      int better = 0;
      for (List<Row> equal : equals(truth, seed)) {
        double share = none(networks, better, drawn) - none(networks, better + equal.size(), drawn);
        for (Row row : equal) {
          sum += share / equal.size() * row.mean();
          squares += share / equal.size() * row.mean() * row.mean();
        }
        better += equal.size();
      }
    }
    double mean = sum / seeds;
    return new BestOfRandom(
        mean, StrictMath.sqrt(StrictMath.max(0, squares / seeds - mean * mean)));
  }

  /** Networks of equal validation accuracy, the best first. */
  private static List<List<Row>> equals(TruthTable truth, int seed) {
    List<List<Row>> groups = new ArrayList<>();
    double last = Double.NaN;
    for (Row row :
        truth.rows().stream()
            .sorted(Comparator.comparingDouble(each -> -each.validation().get(seed)))
            .toList()) {
      double now = row.validation().get(seed);
      if (now != last) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(row);
      last = now;
    }
    return groups;
  }

  /** The probability that none of some networks is among those drawn. */
  private static double none(int networks, int some, int drawn) {
    double none = 1;
    for (int i = 0; i < drawn; i++) {
      none *= StrictMath.max(0, networks - some - i) / (double) (networks - i);
    }
    return none;
  }
}
