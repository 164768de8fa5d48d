package org.espalier.search.augment;

import java.util.List;
import java.util.Objects;
import org.espalier.storage.Floats;

/**
 * What executors read in a round of {@link AugmentSearch}.
 *
 * @param weights of the network
 * @param levels of all operations
 * @param batches seed of the order in which images come
 * @param learningRate of steps
 */
record AugmentView(Floats weights, List<Double> levels, long batches, double learningRate) {
  AugmentView {
    Objects.requireNonNull(weights, "weights");
    levels = List.copyOf(levels);
  }
}
