package org.espalier.search.cell.space;

import java.util.List;
import java.util.Objects;
import org.espalier.network.NetworkSpec;

/**
 * A network that computes several options of its choices, and where their weights act.
 *
 * @param spec the network
 * @param gates for each choice and option the names of the {@link org.espalier.network.Layer.Scale}
 *     nodes that the option's weight multiplies. What one of them multiplies by is the sum of the
 *     weights of all options that name it: an edge's that of every topology with the edge. Empty
 *     where an option is off or gives zeros, and everywhere if the network was asked for without
 *     gates
 */
public record Gated(NetworkSpec spec, List<List<List<String>>> gates) {
  public Gated {
    Objects.requireNonNull(spec, "spec");
    gates = gates.stream().map(options -> options.stream().map(List::copyOf).toList()).toList();
  }
}
