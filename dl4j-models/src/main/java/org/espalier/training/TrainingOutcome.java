package org.espalier.training;

/** How a training, or a piece of one, came out. */
public sealed interface TrainingOutcome {

  /**
   * The state reached.
   *
   * @throws DivergenceException if the training ran away
   */
  TrainingState state();

  /** The last epoch is done, or early stopping ended the training. */
  record Finished(TrainingState state) implements TrainingOutcome {}

  /** There is more to do: the steps asked for are done, or the listener wanted a pause. */
  record Paused(TrainingState state) implements TrainingOutcome {}

  /** The training ran away. */
  record Diverged(Divergence divergence) implements TrainingOutcome {
    @Override
    public TrainingState state() {
      throw new DivergenceException(divergence);
    }
  }
}
