package org.espalier.search.supernet;

import java.util.List;

/** What a {@link SupernetItem} found. */
public sealed interface SupernetResult {
  /**
   * Of local steps, beside the difference they made.
   *
   * @param loss mean over the steps, in nats
   */
  record Loss(double loss) implements SupernetResult {}

  /**
   * Of a sample or a candidate with shared weights.
   *
   * @param accuracy a share
   * @param loss in nats; 0 where it is not asked for
   * @param gates for each choice and each of its options the derivative of the loss by the gate of
   *     that option; empty where not asked for
   */
  record Judged(double accuracy, double loss, List<List<Double>> gates) implements SupernetResult {
    public Judged {
      gates = gates.stream().map(List::copyOf).toList();
    }
  }
}
