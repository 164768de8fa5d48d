package org.espalier.search;

import java.util.List;
import java.util.Objects;
import org.espalier.network.NetworkSpec;

/**
 * A trained network that a search hands over.
 *
 * @param role what it is in the search, for example {@code "found"} or {@code "uniform widths"}
 * @param spec the network
 * @param values its parameters, in the order of its parameter set
 * @param buffers its running statistics, likewise
 * @param measures what is known of it: cost, validation accuracy, planned work
 */
public record FoundNetwork(
    String role, NetworkSpec spec, Floats values, Floats buffers, List<Measure> measures) {
  public FoundNetwork {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(buffers, "buffers");
    measures = List.copyOf(measures);
  }
}
