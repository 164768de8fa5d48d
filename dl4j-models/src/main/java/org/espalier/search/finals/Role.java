package org.espalier.search.finals;

import java.util.Objects;

/**
 * What a training is for in its search.
 *
 * @param name for people, for example {@code "found"}; different from that of other roles
 * @param key decides the random numbers, with the seed of the search and the number of a training;
 *     roles whose trainings are compared may share it
 * @param keepsWeights whether the network is handed over, rather than only compared
 */
public record Role(String name, long key, boolean keepsWeights) {
  public Role {
    Objects.requireNonNull(name, "name");
  }
}
