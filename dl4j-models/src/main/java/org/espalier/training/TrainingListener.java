package org.espalier.training;

/** Is told how a training goes, between its steps and on its thread. Cannot change the result. */
public interface TrainingListener {
  /** Listens to nothing and lets the training run. */
  TrainingListener NONE = new TrainingListener() {};

  /** A step was done. */
  default void step(StepFigures figures) {}

  /** An epoch was done and evaluated. */
  default void epoch(EpochFigures figures) {}

  /**
   * Asked after each step: whether the training should pause, be it to write a checkpoint or
   * because nobody wants it any more.
   */
  default boolean pause() {
    return false;
  }
}
