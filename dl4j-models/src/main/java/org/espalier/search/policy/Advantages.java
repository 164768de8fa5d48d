package org.espalier.search.policy;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the candidates of a batch are worth over a running mean of rewards. The mean is that before
 * the batch, so that it does not depend on it; the first batch has only its own.
 */
final class Advantages {
  private final double[] values;
  private final double next;

  /**
   * Of a batch.
   *
   * @param judged candidates, at least one
   * @param reward of a candidate
   * @param first whether it is the first batch
   * @param decay of the running mean, by reward, in [0, 1)
   * @param mean of rewards before; of no meaning at the first batch
   */
  Advantages(
      List<Feedback> judged,
      ToDoubleFunction<Feedback> reward,
      boolean first,
      double decay,
      double mean) {
    values = judged.stream().mapToDouble(reward).toArray();
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double expected = first ? sum / values.length : mean;
    double running = expected;
    for (int i = 0; i < values.length; i++) {
      running = decay * running + (1 - decay) * values[i];
      values[i] -= expected;
    }
    next = running;
  }

  /** One a candidate. */
  double[] values() {
    return values;
  }

  /** The running mean after the batch. */
  double next() {
    return next;
  }
}
