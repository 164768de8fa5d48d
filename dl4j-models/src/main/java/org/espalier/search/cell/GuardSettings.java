package org.espalier.search.cell;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How a progressive search is kept from collapsing into skip connections and from dropping what it
 * needs. A component that is left out takes its default.
 *
 * @param maxSkips most skip connections of a normal cell that is handed over, at least 0; default 2
 *     (Chen et al., ICCV 2019, section 3.3). A policy whose most probable cell has more is a
 *     collapse: the stage is taken back once to the end of its warm-up with more dropout behind
 *     skip connections, and ends if it happens again
 * @param limitsSkips whether the policy is held to {@code maxSkips}, and nothing above it is handed
 *     over; default true. With false a collapse is looked for alone
 * @param raise what the dropout rate grows by then, in [0, 1); default 0.1
 * @param grace rounds after the warm-up before that is looked at, at least 0; default 5
 * @param stableRounds rounds in which the order of each edge's operations must not have changed for
 *     the stage to end early (Liang et al., "DARTS+", 2019), at least 0; default 0, which is never
 * @param eigenvaluePeriod rounds from one look at the largest eigenvalue of the Hessian of the
 *     validation loss by the logits to the next, after the warm-up, at least 0; default 0, which is
 *     never. Each takes 16 gradients of the mixture of all operations
 * @param eigenvalueRise factor above 1 by which that eigenvalue, averaged over five looks, may have
 *     risen since four looks ago; above it the stage ends with the policy that it had then (Zela et
 *     al., ICLR 2020, section 4.3); default 1.3
 * @param checkRounds rounds in which the pruned supernet is trained before it is compared with what
 *     it was, at least 0; default 2. With 0 nothing is compared
 * @param tolerance percentage points of accuracy with shared weights that pruning may cost, at
 *     least 0; default 1.5. If it costs more, the most probable of the dropped operations come back
 *     on some edges, once a stage
 * @param restoredShare share of the edges on which an operation comes back, in [0, 1]; default 0.2
 * @param carriedLogits factor on the logits, less their mean, with which the next stage begins, in
 *     [0, 1]; default 0.5
 * @param carriesWeights whether layers that the next stage has in the same shape keep their
 *     weights; default true
 * @param zeroOneWeight weight of the loss that drives sigmoid gates to 0 or 1, in the last round of
 *     a stage; it rises from 0 after the warm-up, as gates would be locked early otherwise. At
 *     least 0; default 10 (Chu et al., "Fair DARTS", ECCV 2020). Without effect on softmax gates
 * @param skipWeight what each expected skip connection over {@code maxSkips} adds to the loss that
 *     sigmoid gates learn from, in nats, at least 0; default 1. Without effect on softmax gates
 */
public record GuardSettings(
    @Range(min = 0, max = 1000) Integer maxSkips,
    Boolean limitsSkips,
    @Range(min = 0, below = 1) Double raise,
    @Range(min = 0, max = Range.MANY) Integer grace,
    @Range(min = 0, max = Range.MANY) Integer stableRounds,
    @Range(min = 0, max = Range.MANY) Integer eigenvaluePeriod,
    @Range(above = 1) Double eigenvalueRise,
    @Range(min = 0, max = Range.MANY) Integer checkRounds,
    @Range(min = 0, max = 100) Double tolerance,
    @Range(min = 0, max = 1) Double restoredShare,
    @Range(min = 0, max = 1) Double carriedLogits,
    Boolean carriesWeights,
    @Range(min = 0) Double zeroOneWeight,
    @Range(min = 0) Double skipWeight) {
  /** All defaults. */
  public static final GuardSettings STANDARD =
      new GuardSettings(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  public GuardSettings {
    maxSkips = Checks.given(maxSkips, 2);
    limitsSkips = Checks.given(limitsSkips, true);
    raise = Checks.given(raise, 0.1);
    grace = Checks.given(grace, 5);
    stableRounds = Checks.given(stableRounds, 0);
    eigenvaluePeriod = Checks.given(eigenvaluePeriod, 0);
    eigenvalueRise = Checks.given(eigenvalueRise, 1.3);
    checkRounds = Checks.given(checkRounds, 2);
    tolerance = Checks.given(tolerance, 1.5);
    restoredShare = Checks.given(restoredShare, 0.2);
    carriedLogits = Checks.given(carriedLogits, 0.5);
    carriesWeights = Checks.given(carriesWeights, true);
    zeroOneWeight = Checks.given(zeroOneWeight, 10.0);
    skipWeight = Checks.given(skipWeight, 1.0);
    Checks.ranges(
        GuardSettings.class,
        maxSkips,
        limitsSkips,
        raise,
        grace,
        stableRounds,
        eigenvaluePeriod,
        eigenvalueRise,
        checkRounds,
        tolerance,
        restoredShare,
        carriedLogits,
        carriesWeights,
        zeroOneWeight,
        skipWeight);
  }
}
