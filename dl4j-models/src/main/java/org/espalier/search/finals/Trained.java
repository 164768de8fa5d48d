package org.espalier.search.finals;

import java.util.Objects;
import org.espalier.storage.Floats;

/**
 * What came out of a training.
 *
 * @param accuracy on the validation part, a share in [0, 1]
 * @param loss on the validation part, in nats
 * @param values the network's parameters; empty if they are not kept
 * @param buffers the network's running statistics; empty if they are not kept
 */
public record Trained(double accuracy, double loss, Floats values, Floats buffers) {
  /** Nothing yet. */
  public static final Trained NOTHING = new Trained(0, 0, Floats.EMPTY, Floats.EMPTY);

  public Trained {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(buffers, "buffers");
  }
}
