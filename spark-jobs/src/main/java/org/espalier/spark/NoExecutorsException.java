package org.espalier.spark;

/** No executor came in time; nothing was computed, and the run can be started again. */
public final class NoExecutorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoExecutorsException(String message) {
    super(message);
  }
}
