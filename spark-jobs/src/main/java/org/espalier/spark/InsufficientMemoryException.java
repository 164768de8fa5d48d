package org.espalier.spark;

/** A heap cannot hold what a search moves; found before anything was started. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InsufficientMemoryException(String message) {
    super(message);
  }
}
