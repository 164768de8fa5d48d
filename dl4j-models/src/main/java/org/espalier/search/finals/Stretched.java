package org.espalier.search.finals;

import java.util.List;
import java.util.Objects;
import org.espalier.storage.Bytes;

/**
 * Where a training stands.
 *
 * @param step steps done
 * @param finished whether no step is left
 * @param state weights, moments and data position, to go on from; empty before the first step and
 *     after the last
 * @param accuracies on the validation part after each epoch, shares in [0, 1]
 * @param trained what came out; {@link Trained#NOTHING} unless it is finished
 */
public record Stretched(
    long step, boolean finished, Bytes state, List<Double> accuracies, Trained trained) {
  public Stretched {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(trained, "trained");
    accuracies = List.copyOf(accuracies);
  }
}
