package org.espalier.autograd;

import java.util.List;
import org.espalier.tensor.LossKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** What training makes small; each is a mean over the batch, of shape {@code [1]}. */
public final class Losses {
  private Losses() {}

  /**
   * Cross-entropy of softmax with label smoothing (Szegedy et al., 2016, section 7).
   *
   * @param logits {@code [batch, classes]}
   * @param labels one per example, in {@code [0, classes)}
   * @param smoothing in [0, 1), 0 for none
   */
  public static Variable crossEntropy(Variable logits, int[] labels, double smoothing) {
    checkLabels(logits.shape(), labels);
    int[] wanted = labels.clone();
    Tape tape = logits.tape();
    Tensor probabilities = tape.allocate(logits.shape());
    Tensor value = tape.allocate(Shape.of(1));
    LossKernels.crossEntropy(logits.value(), wanted, smoothing, probabilities, value);
    return tape.recordSaving(
        value,
        gradient ->
            logits.addGradient(
                target ->
                    LossKernels.crossEntropyGradient(
                        probabilities, wanted, smoothing, gradient.item(), target)),
        List.of(probabilities),
        logits);
  }

  private static void checkLabels(Shape logits, int[] labels) {
    if (logits.rank() != 2 || logits.dimension(0) != labels.length) {
      throw new IllegalArgumentException(
          "logits %s do not fit %d labels".formatted(logits, labels.length));
    }
    for (int label : labels) {
      if (label < 0 || label >= logits.channels()) {
        throw new IllegalArgumentException(
            "a label must be in [0, %d), got %d".formatted(logits.channels(), label));
      }
    }
  }
}
