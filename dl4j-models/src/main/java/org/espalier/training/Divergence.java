package org.espalier.training;

import java.io.Serializable;

/**
 * Where and how a training ran away. It depends on nothing but settings, seed and data, so doing
 * the same again ends the same.
 *
 * @param reason what was seen
 * @param epoch the epoch, from 1
 * @param step the step, from 1, over the whole training
 * @param loss of that step; may be infinite or not a number
 * @param learningRate of that step
 */
public record Divergence(Reason reason, int epoch, long step, double loss, double learningRate)
    implements Serializable {
  /** What was seen. */
  public enum Reason {
    /** The loss was infinite or not a number. */
    LOSS_NOT_FINITE("the loss is not finite"),
    /** A gradient was infinite or not a number. */
    GRADIENT_NOT_FINITE("the gradient is not finite"),
    /** The loss stayed far above that of guessing. */
    LOSS_EXPLODED("the loss is far above that of guessing"),
    /** After an epoch a weight was infinite or not a number. */
    WEIGHTS_NOT_FINITE("the weights are not finite"),
    /** The network's outputs in evaluation were infinite or not a number. */
    LOGITS_NOT_FINITE("the outputs in evaluation are not finite");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /** What happened, where, and what to do, for people. */
  public String message() {
    return ("the training diverged in epoch %s, step %s: %s (loss %s, learning rate %s); try a third of"
            + " the learning rate, a longer warm-up (warmUpEpochs) or gradient clipping (clipNorm: 1)")
        .formatted(epoch, step, reason.text, loss, learningRate);
  }
}
