package org.espalier.cli;

/** What a command came to cannot be handed over: the disk is full, or nobody reads any more. */
final class OutputFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputFailedException(String message) {
    super(message);
  }

  OutputFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
