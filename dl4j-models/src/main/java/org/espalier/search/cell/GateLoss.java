package org.espalier.search.cell;

import org.espalier.search.policy.ExpectedSkips;
import org.espalier.search.policy.GateRegulariser;
import org.espalier.search.policy.ZeroOneLoss;

/**
 * What sigmoid gates learn from beside the loss of the networks, as one option's gate does not
 * close another one: that they be open or closed, and that a normal cell keep no more skip
 * connections than it may. Both are known without a network.
 *
 * @param zeroOneWeight of {@link ZeroOneLoss}, at least 0
 * @param skipWeight of each expected skip connection too many, at least 0
 * @param skips that a normal cell keeps on average
 * @param maxSkips how many it may, at least 0
 */
record GateLoss(double zeroOneWeight, double skipWeight, ExpectedSkips skips, int maxSkips)
    implements GateRegulariser {
  /**
   * The loss.
   *
   * @param gates {@code [choice][option]}, in [0, 1]
   */
  double of(double[][] gates) {
    return zeroOneWeight * ZeroOneLoss.of(gates)
        + skipWeight * Math.max(0, skips.of(gates) - maxSkips);
  }

  @Override
  public double[][] gradient(double[][] gates) {
    double[][] gradient = ZeroOneLoss.gradient(gates);
    double[][] bySkips = skips.gradient(gates);
    double slope = skips.of(gates) > maxSkips ? skipWeight : 0;
    for (int choice = 0; choice < gradient.length; choice++) {
      for (int option = 0; option < gradient[choice].length; option++) {
        gradient[choice][option] =
            zeroOneWeight * gradient[choice][option] + slope * bySkips[choice][option];
      }
    }
    return gradient;
  }
}
