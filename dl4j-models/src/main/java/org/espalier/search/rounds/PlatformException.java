package org.espalier.search.rounds;

/** Executors differ numerically from each other, or from those that a search was begun on. */
public final class PlatformException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the platforms. */
  public PlatformException(String message) {
    super(message);
  }
}
