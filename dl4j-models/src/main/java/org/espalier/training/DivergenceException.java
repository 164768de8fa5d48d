package org.espalier.training;

/** Says that there are no weights because the training ran away. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Divergence divergence;

  /** With the message of the divergence. */
  public DivergenceException(Divergence divergence) {
    super(divergence.message());
    this.divergence = divergence;
  }

  /** Where and how. */
  public Divergence divergence() {
    return divergence;
  }
}
