package org.espalier.search.rounds;

import java.util.Objects;

/**
 * Where a search stands between two rounds: what a checkpoint holds.
 *
 * @param round number of the next round, from 0
 * @param state the search's state
 * @param platform numeric platform of the rounds so far, empty before the first
 * @param <S> state of the search
 */
public record Position<S>(int round, S state, String platform) {
  public Position {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(platform, "platform");
    if (round < 0) {
      throw new IllegalArgumentException("a round is at least 0, got " + round);
    }
  }
}
