package org.espalier.autograd;

import java.util.List;
import org.espalier.tensor.DistanceKernels;
import org.espalier.tensor.ElementwiseKernels;
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
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("smoothing must be in [0, 1), got " + smoothing);
    }
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

  /**
   * Distillation (Hinton, Vinyals and Dean, 2015, section 2): {@code temperature^2 * KL(p || q)}
   * with {@code p} and {@code q} the softmax of teacher and student logits divided by the
   * temperature. The factor keeps the size of the gradient when the temperature changes. It differs
   * from the paper's cross-entropy by the entropy of {@code p}, a constant.
   *
   * @param student {@code [batch, classes]}
   * @param teacher {@code [batch, classes]}; no gradient flows to it
   * @param temperature above 0, usually 1 to 10
   */
  public static Variable distillation(Variable student, Variable teacher, double temperature) {
    Elementwise.checkEqual(student.shape(), teacher.shape());
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature must be above 0, got " + temperature);
    }
    Tape tape = student.tape();
    Tensor excess = tape.allocate(student.shape());
    Tensor value = tape.allocate(Shape.of(1));
    value.fill(DistanceKernels.divergence(student.value(), teacher.value(), temperature, excess));
    double share = temperature / student.shape().rows();
    return tape.recordSaving(
        value,
        gradient ->
            student.addGradient(
                target -> ElementwiseKernels.scale(gradient.item() * share, excess, target)),
        List.of(excess),
        student);
  }

  /**
   * Mean over all numbers of {@code (prediction - target)^2}.
   *
   * @param prediction any shape
   * @param wanted the same shape; usually a constant
   */
  public static Variable meanSquaredError(Variable prediction, Variable wanted) {
    Elementwise.checkEqual(prediction.shape(), wanted.shape());
    Tape tape = prediction.tape();
    Tensor value = tape.allocate(Shape.of(1));
    value.fill(DistanceKernels.meanSquare(prediction.value(), wanted.value()));
    double share = 2.0 / prediction.shape().size();
    return tape.record(
        value,
        gradient -> {
          double factor = gradient.item() * share;
          prediction.addGradient(
              target ->
                  DistanceKernels.scaledDifference(
                      factor, prediction.value(), wanted.value(), target));
          wanted.addGradient(
              target ->
                  DistanceKernels.scaledDifference(
                      -factor, prediction.value(), wanted.value(), target));
        },
        prediction,
        wanted);
  }

  private static void checkLabels(Shape logits, int[] labels) {
    if (logits.rank() != 2 || logits.dimension(0) != labels.length) {
      throw new IllegalArgumentException(
          "logits %s do not fit %s labels".formatted(logits, labels.length));
    }
    for (int label : labels) {
      if (label < 0 || label >= logits.channels()) {
        throw new IllegalArgumentException(
            "a label must be in [0, %s), got %s".formatted(logits.channels(), label));
      }
    }
  }
}
