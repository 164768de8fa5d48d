package org.espalier.search.retraining;

import java.util.Objects;

/**
 * What a training is for in its search.
 *
 * @param name for people, for example {@code "found"}; different from that of other roles
 * @param key tells the random numbers of the search's roles apart
 * @param keepsWeights whether the network is handed over, rather than only compared
 */
public record Role(String name, long key, boolean keepsWeights) {
  public Role {
    Objects.requireNonNull(name, "name");
  }
}
