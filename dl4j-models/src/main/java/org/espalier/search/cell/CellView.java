package org.espalier.search.cell;

import java.util.List;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.storage.Floats;

/**
 * What executors read in a round of {@link CellSearch}.
 *
 * @param skeleton of the stage's supernet
 * @param laidOut for each choice the options that the shared weights are laid out for
 * @param kept for each choice the options that picks are of, among those
 * @param values of the shared weights
 * @param learningRate of steps
 * @param skipDropout rate of the dropout behind skip connections
 * @param auxiliarySkip factor of the skip connection beside each edge; 0 for none
 * @param mixture for each choice and kept option the gate where all are computed at once; empty
 *     where paths are sampled
 */
public record CellView(
    Skeleton skeleton,
    List<List<Integer>> laidOut,
    List<List<Integer>> kept,
    Floats values,
    double learningRate,
    double skipDropout,
    double auxiliarySkip,
    List<List<Double>> mixture) {
  public CellView {
    laidOut = laidOut.stream().map(List::copyOf).toList();
    kept = kept.stream().map(List::copyOf).toList();
    mixture = mixture.stream().map(List::copyOf).toList();
  }

  /**
   * The same where all options are computed at once, without dropout.
   *
   * @param gates for each choice and kept option
   */
  CellView mixing(double[][] gates) {
    return new CellView(
        skeleton, laidOut, kept, values, learningRate, 0, auxiliarySkip, StageRounds.lists(gates));
  }
}
