package org.espalier.search.finals;

import java.util.List;
import java.util.Objects;
import org.espalier.storage.Bytes;

/**
 * Where a training stands after a stretch; components as in {@link Training}.
 *
 * @param finished whether no step is left
 */
public record Stretched(
    long step, boolean finished, Bytes state, List<Double> accuracies, Trained trained) {
  public Stretched {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(trained, "trained");
    accuracies = List.copyOf(accuracies);
  }
}
