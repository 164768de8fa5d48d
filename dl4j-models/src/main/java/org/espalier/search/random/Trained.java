package org.espalier.search.random;

import java.util.Objects;
import org.espalier.search.Floats;

/**
 * What came out of a training.
 *
 * @param accuracy on the validation part, a share in [0, 1]
 * @param loss on the validation part, in nats
 * @param values the network's parameters; empty for trials
 * @param buffers the network's running statistics; empty for trials
 */
record Trained(double accuracy, double loss, Floats values, Floats buffers) {
  /** Nothing yet. */
  static final Trained NOTHING = new Trained(0, 0, Floats.EMPTY, Floats.EMPTY);

  Trained {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(buffers, "buffers");
  }
}
