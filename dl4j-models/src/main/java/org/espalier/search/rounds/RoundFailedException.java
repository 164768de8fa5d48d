package org.espalier.search.rounds;

/**
 * A round could not be performed for reasons of the executors: no memory, no executors, unreadable
 * files. The state before it stands, and the search can be resumed.
 */
public final class RoundFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and what can be done. */
  public RoundFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
