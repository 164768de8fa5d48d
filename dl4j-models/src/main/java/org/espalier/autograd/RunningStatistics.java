package org.espalier.autograd;

import org.espalier.tensor.Tensor;

/**
 * The statistics that batch normalisation uses in evaluation and moves in training.
 *
 * @param mean {@code [channels]}, persistent
 * @param variance {@code [channels]}, persistent
 * @param momentum share of a new batch, in [0, 1]; usually 0.1. With {@code 1 / k} for the k-th
 *     batch the statistics become the average over batches
 */
public record RunningStatistics(Tensor mean, Tensor variance, double momentum) {
  public RunningStatistics {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1], got " + momentum);
    }
  }
}
