package org.espalier.training;

import java.util.Objects;
import java.util.Optional;
import org.espalier.settings.Checks;

/**
 * One point of the training's curves.
 *
 * @param epoch from 1
 * @param learningRate of the epoch's last step
 * @param training mean loss over the epoch's steps, as it was trained on (with label smoothing),
 *     and accuracy on the augmented images while the weights changed
 * @param validation loss and accuracy on the validation part after the epoch, with averaged weights
 *     if weights are averaged; empty if there is no such part
 */
public record EpochFigures(
    int epoch, double learningRate, Score training, Optional<Score> validation) {
  public EpochFigures {
    Checks.atLeast("epoch", 1, epoch);
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(validation, "validation");
  }
}
