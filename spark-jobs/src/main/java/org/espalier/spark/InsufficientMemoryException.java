package org.espalier.spark;

/** There is too little memory for a search or training; found before anything was started. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what needs how much, what there is, and what to do. */
  public InsufficientMemoryException(String message) {
    super(message);
  }
}
