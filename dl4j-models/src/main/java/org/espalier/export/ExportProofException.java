package org.espalier.export;

/** An exported file does not do what our network does. */
public final class ExportProofException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ExportProof proof;

  ExportProofException(ExportProof proof) {
    super(
        ("the %s export does not agree with the network: largest logit difference %.3g (must be"
                + " below %.0e), same class for %d of %d images (%.2f %%; %d images are near ties)")
            .formatted(
                proof.format(),
                proof.largestDifference(),
                ExportProof.TOLERANCE,
                proof.agreeing(),
                proof.images(),
                proof.argmaxAgreement(),
                proof.nearTies()));
    this.proof = proof;
  }

  /** The numbers. */
  public ExportProof proof() {
    return proof;
  }
}
