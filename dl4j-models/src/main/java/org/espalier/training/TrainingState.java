package org.espalier.training;

import java.util.List;
import java.util.Optional;

/**
 * Everything a training needs to go on where it stands: weights, moments, average, position in the
 * data, the figures so far. Immutable; made by {@link Trainer} and {@link TrainingStates#read}.
 */
public final class TrainingState {
  private final long step;
  private final TrainedWeights weights;
  private final float[] moments;
  private final float[] average;
  private final EpochSums sums;
  private final List<EpochFigures> history;
  private final Optional<BestEpoch> best;

  /** Takes over the arrays, which nobody else may write to. */
  TrainingState(
      long step,
      TrainedWeights weights,
      float[] moments,
      float[] average,
      EpochSums sums,
      List<EpochFigures> history,
      Optional<BestEpoch> best) {
    if (step < 0) {
      throw new IllegalArgumentException("step must be at least 0, got " + step);
    }
    this.step = step;
    this.weights = weights;
    this.moments = moments;
    this.average = average;
    this.sums = sums;
    this.history = List.copyOf(history);
    this.best = best;
  }

  /** Steps done since the beginning of the training. */
  public long step() {
    return step;
  }

  /**
   * The weights as the next step will find them. What is worth keeping of a training is {@link
   * Trainer#result}.
   */
  public TrainedWeights weights() {
    return weights;
  }

  /** One point for each epoch done. */
  public List<EpochFigures> history() {
    return history;
  }

  /** The best epoch, from 1, if early stopping is on and an epoch was evaluated. */
  public Optional<Integer> bestEpoch() {
    return best.map(BestEpoch::epoch);
  }

  /** The optimiser's moments themselves: read, never write. */
  float[] rawMoments() {
    return moments;
  }

  /** The average of the weights itself, empty if there is none: read, never write. */
  float[] rawAverage() {
    return average;
  }

  EpochSums sums() {
    return sums;
  }

  Optional<BestEpoch> best() {
    return best;
  }
}
