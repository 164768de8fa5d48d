package org.espalier.job;

/** A job ended early because it was asked to; its run can be gone on with. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoppedException(String message) {
    super(message);
  }
}
