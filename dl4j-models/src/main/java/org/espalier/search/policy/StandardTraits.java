package org.espalier.search.policy;

import java.util.List;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PricedChoices;

/**
 * What is known of candidates before any is tried ({@link PricedChoices#traits}), as logarithms, so
 * that ratios count, less their mean over some candidates and in units of their deviation.
 */
final class StandardTraits {
  private final List<CostModel> traits;
  private final double[] means;
  private final double[] deviations;

  /**
   * Traits in the units of some candidates.
   *
   * @param among candidates, at least one
   */
  StandardTraits(PricedChoices choices, List<List<Integer>> among) {
    traits = choices.traits();
    means = new double[traits.size()];
    deviations = new double[traits.size()];
    for (int trait = 0; trait < means.length; trait++) {
      double sum = 0;
      double squares = 0;
      for (List<Integer> picks : among) {
        double value = logarithm(trait, picks);
        sum += value;
        squares += value * value;
      }
      means[trait] = sum / among.size();
      double variance = squares / among.size() - means[trait] * means[trait];
      deviations[trait] = StrictMath.sqrt(Math.max(0, variance));
    }
  }

  private double logarithm(int trait, List<Integer> picks) {
    return StrictMath.log(Math.max(1.0, (double) traits.get(trait).exact(picks)));
  }

  /** Of a candidate; 0 where the candidates of the units were all alike. */
  double[] of(List<Integer> picks) {
    double[] of = new double[means.length];
    for (int trait = 0; trait < of.length; trait++) {
      double deviation = deviations[trait];
      of[trait] = deviation > 1e-9 ? (logarithm(trait, picks) - means[trait]) / deviation : 0;
    }
    return of;
  }
}
