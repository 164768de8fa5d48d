package org.espalier.search.rounds;

/** A round was given up because someone asked for it; the state before it stands. */
public final class RoundCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the round. */
  public RoundCancelledException(String message) {
    super(message);
  }
}
