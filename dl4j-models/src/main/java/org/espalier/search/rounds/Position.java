package org.espalier.search.rounds;

import java.util.Objects;

/**
 * Where a search stands between two rounds: what a checkpoint holds.
 *
 * @param round number of the next round, from 0
 * @param state the search's state
 * @param platform numeric platform of the executors of the rounds so far, empty before the first
 * @param driver numeric platform of the driver of the rounds so far, empty before the first
 * @param <S> state of the search
 */
public record Position<S>(int round, S state, String platform, String driver) {
  public Position {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(driver, "driver");
    if (round < 0) {
      throw new IllegalArgumentException("a round is at least 0, got " + round);
    }
  }

  /** Before the first round. */
  public static <S> Position<S> start(S state) {
    return new Position<>(0, state, "", "");
  }
}
