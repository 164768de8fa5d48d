package org.espalier.search.cell.space;

import org.espalier.network.Layer;

/**
 * How a network that computes several options is built around its operations.
 *
 * @param affine whether batch norm has a learned scale and shift; usually not during a search (Liu
 *     et al., "DARTS", 2019, appendix A.1.1), as they would undo the weights of a mixture
 * @param skipDropout rate of a dropout after each skip connection, in [0, 1); none at 0 (Chen et
 *     al., "Progressive DARTS", 2019, section 3.3)
 * @param gates whether what an option gives passes a learned {@link Layer.Scale}
 * @param auxiliarySkip what a skip connection on every edge beside the operations is multiplied by,
 *     at least 0; none at 0 (Chu et al., "DARTS-", 2021, equation 8)
 */
public record Form(boolean affine, double skipDropout, boolean gates, double auxiliarySkip) {
  /** As networks are trained when the search is over. */
  public static final Form PLAIN = new Form(true, 0, false, 0);

  public Form {
    if (!(skipDropout >= 0 && skipDropout < 1)) {
      throw new IllegalArgumentException("skipDropout must be in [0, 1), got " + skipDropout);
    }
    if (!(auxiliarySkip >= 0 && Double.isFinite(auxiliarySkip))) {
      throw new IllegalArgumentException(
          "auxiliarySkip must be at least 0 and finite, got " + auxiliarySkip);
    }
  }

  /** The same with batch norm of another kind. */
  public Form withAffine(boolean given) {
    return new Form(given, skipDropout, gates, auxiliarySkip);
  }
}
