package org.espalier.search.augment;

import java.util.Objects;
import org.espalier.storage.Floats;

/**
 * What executors read in a round of {@link DensitySearch}; nothing while the network is trained.
 *
 * @param values of the network's parameters
 * @param buffers its running statistics
 * @param draws seed of what policies do to images, the same for all: policies of one effect have
 *     one score
 */
record DensityView(Floats values, Floats buffers, long draws) {
  DensityView {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(buffers, "buffers");
  }
}
