package org.espalier.search;

import java.util.Objects;

/**
 * What a search starts from.
 *
 * @param seed of all its randomness
 * @param data to look at sizes, shapes and classes; the search keeps fingerprints, not data
 */
public record SearchContext(long seed, DataLoader data) {
  public SearchContext {
    Objects.requireNonNull(data, "data");
  }
}
