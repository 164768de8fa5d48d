package org.espalier.search.cell.space;

import java.util.List;
import java.util.Objects;

/**
 * What one choice of a {@link GatedSpace} decides.
 *
 * @param name unique in the space; for example {@code "normal/3-1"}, the edge from 1 to 3
 * @param kind what is chosen
 * @param place what it belongs to: choices whose outputs meet in one sum, such as the edges into a
 *     node, have one place; for example {@code "normal/3"}
 * @param options what may be chosen, for people and files; for example {@code "sep_conv_3x3"}
 */
public record Decision(String name, Kind kind, String place, List<String> options) {
  /** What is chosen. */
  public enum Kind {
    /** What an edge or a layer computes. */
    OPERATION,
    /** Which edges a node keeps. */
    TOPOLOGY,
    /** How many layers of a stage there are. */
    DEPTH
  }

  public Decision {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(place, "place");
    options = List.copyOf(options);
    if (options.isEmpty()) {
      throw new IllegalArgumentException("the choice '%s' has no options".formatted(name));
    }
  }
}
