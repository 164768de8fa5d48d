package org.espalier.spark;

/**
 * No executor came in time that can perform items; nothing was computed, and the run can be started
 * again.
 */
public final class NoExecutorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says who was waited for, and what to do. */
  public NoExecutorsException(String message) {
    super(message);
  }

  NoExecutorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
