package org.espalier.search.space;

import java.util.Collection;
import java.util.List;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Resource;
import org.espalier.network.NetworkSpec;
import org.espalier.search.finals.Candidate;

/**
 * The networks among which a search chooses. There is a number of choices, each with a number of
 * options, and a network is named by its picks: for each choice the index of the option taken.
 */
public interface Space {

  /** Options of each choice, each at least 1. */
  List<Integer> sizes();

  /**
   * A network.
   *
   * @param picks one index for each choice
   * @throws IllegalArgumentException if there is no such network
   */
  NetworkSpec network(List<Integer> picks);

  /** What sets a network apart from the others, for people, on one line. */
  String describe(List<Integer> picks);

  /**
   * What networks take of a resource, known without building them.
   *
   * @throws IllegalArgumentException if what the resource takes cannot be taken apart
   */
  CostModel cost(Resource resource);

  /**
   * Whether the output of a network does not depend on its input, whatever its weights are. Nobody
   * wants such a network, however probable or cheap it is.
   */
  default boolean isDegenerate(List<Integer> picks) {
    return false;
  }

  /**
   * The picks by which a network goes, where several give it: choices that have no effect beside
   * the others are taken in one way.
   */
  default List<Integer> canonical(List<Integer> picks) {
    return picks;
  }

  /** The layers of all networks, those of one name in several networks once or several times. */
  Collection<LayerCost> everyLayer();

  /** What the networks are: a text that no other networks have. */
  default String name() {
    return toString();
  }

  /** A network as a candidate, counted. */
  default Candidate candidate(List<Integer> picks) {
    return Candidate.of(describe(picks), network(picks));
  }

  /** How many networks there are; {@link Long#MAX_VALUE} if there are more. */
  default long size() {
    return free().size();
  }

  /** The picks of a network by its number, from 0 to {@link #size} - 1. */
  default List<Integer> picks(long number) {
    return free().picks(number);
  }

  /** The choices without any limit. */
  default PricedChoices free() {
    return new PricedChoices(sizes(), List.of());
  }
}
