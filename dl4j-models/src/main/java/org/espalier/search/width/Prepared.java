package org.espalier.search.width;

import java.util.stream.DoubleStream;
import org.espalier.cost.Macs;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.WidthSpace;

/**
 * What follows from a space and the settings alone and takes a while to find.
 *
 * @param space the networks
 * @param layout of their shared weights
 * @param choices with the budget
 * @param macs of every network
 */
record Prepared(WidthSpace space, MetaLayout layout, PricedChoices choices, CostModel macs) {
  /**
   * Prepares.
   *
   * @throws org.espalier.cost.InfeasibleBudgetException if the cheapest network is over the budget
   */
  static Prepared of(WidthSpace space, AffineSharingSettings settings) {
    return new Prepared(
        space,
        MetaLayout.of(space, settings.sharing()),
        PricedChoices.of(space, settings.budget()),
        CostModel.of(space, new Macs()));
  }

  /** MACs of a network that is drawn uniformly, on average. */
  long drawn() {
    double[][] equal =
        macs.sizes().stream()
            .map(size -> DoubleStream.generate(() -> 1.0 / size).limit(size).toArray())
            .toArray(double[][]::new);
    return (long) macs.expected(equal);
  }
}
