package org.espalier.search.cell.space;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one choice of a {@link GatedSpace} decides.
 *
 * @param name unique in the space; for example {@code "normal/1-3"}, the edge from node 1 to 3
 * @param kind what is chosen
 * @param place what it belongs to: choices whose outputs meet in one sum, such as the edges into a
 *     node, have one place; for example {@code "normal/3"}
 * @param options what may be chosen
 */
public record Decision(String name, Kind kind, String place, List<Option> options) {
  /** What is chosen. */
  public enum Kind {
    /** What an edge or a layer computes. */
    OPERATION,
    /** Which edges a node keeps. */
    TOPOLOGY,
    /** How many layers of a stage there are. */
    DEPTH
  }

  /**
   * One of the options.
   *
   * @param name for people and files; for example {@code "sep_conv_3x3"}
   * @param effect what it does to what it reads
   */
  public record Option(String name, Effect effect) {
    public Option {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(effect, "effect");
    }
  }

  /** What an option does to what it reads. */
  public enum Effect {
    /** Computes with learned weights. */
    LEARNED,
    /** Computes without any, as pooling does. */
    FREE,
    /** Hands on what it reads; where that has another size, resized with weights. */
    SKIP,
    /** Gives zeros. */
    ZERO,
    /** Computes nothing itself, as topologies and depths do. */
    STRUCTURE
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

  /** A choice of how networks are built, such as edges or depths. */
  static Decision structure(String name, Kind kind, String place, List<String> options) {
    return new Decision(
        name,
        kind,
        place,
        options.stream().map(option -> new Option(option, Effect.STRUCTURE)).toList());
  }

  /** The indices of the options with an effect. */
  public Set<Integer> with(Effect effect) {
    return IntStream.range(0, options.size())
        .filter(option -> options.get(option).effect() == effect)
        .boxed()
        .collect(Collectors.toSet());
  }
}
