package org.espalier.meta;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How good adaptation was over some tasks.
 *
 * @param tasks how many
 * @param mean of the scores
 * @param interval half of the 95 % confidence interval of the mean, by the normal distribution
 */
record Judgement(int tasks, double mean, double interval) {
  private static final double NORMAL = 1.96;

  static Judgement of(List<MetaResult.Adapted> tasks) {
    double mean = tasks.stream().mapToDouble(MetaResult.Adapted::score).average().orElse(0);
    double squares =
        tasks.stream().mapToDouble(each -> (each.score() - mean) * (each.score() - mean)).sum();
    double deviation = tasks.size() < 2 ? 0 : StrictMath.sqrt(squares / (tasks.size() - 1));
    return new Judgement(
        tasks.size(), mean, NORMAL * deviation / StrictMath.sqrt(Math.max(1, tasks.size())));
  }

  /** For people, in percent. */
  String text() {
    return tasks == 0 ? "-" : String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean, 100 * interval);
  }

  /**
   * Mutual information of a task's family and its pick in one choice, in bits: 0 if the pick does
   * not depend on the family.
   */
  static double information(List<MetaResult.Adapted> tasks, int choice) {
    Map<Integer, Integer> families = new TreeMap<>();
    Map<Integer, Integer> picks = new TreeMap<>();
    Map<List<Integer>, Integer> both = new java.util.HashMap<>();
    for (MetaResult.Adapted task : tasks) {
      int pick = task.picks().get(choice);
      families.merge(task.family(), 1, Integer::sum);
      picks.merge(pick, 1, Integer::sum);
      both.merge(List.of(task.family(), pick), 1, Integer::sum);
    }
    double bits = 0;
    for (int family : families.keySet()) {
      for (int pick : picks.keySet()) {
        double joint = both.getOrDefault(List.of(family, pick), 0) / (double) tasks.size();
        if (joint > 0) {
          double apart =
              (double) families.get(family) * picks.get(pick) / tasks.size() / tasks.size();
          bits += joint * StrictMath.log(joint / apart) / StrictMath.log(2);
        }
      }
    }
    return Math.max(0, bits);
  }
}
