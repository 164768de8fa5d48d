package org.espalier.export;

/** Exported files do not do what our network does, or the program they are for cannot run them. */
public final class ExportProofException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what differs, and what became of the network. */
  public ExportProofException(String message) {
    super(message);
  }
}
