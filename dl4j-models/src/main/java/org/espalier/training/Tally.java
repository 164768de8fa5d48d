package org.espalier.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.training.EvaluationResult.Mistake;

/** Counts logits against labels, example by example. */
final class Tally {
  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(Mistake::confidence).reversed().thenComparingInt(Mistake::example);

  private final int[][] confusion;
  private final int k;
  private final int keep;
  private final List<Mistake> mistakes = new ArrayList<>();
  private int examples;
  private int amongTopK;
  private double loss;

  /**
   * An empty tally.
   *
   * @param classes at least 1
   * @param k what counts as right for top-k, at least 1
   * @param keep how many mistakes to keep, at least 0
   */
  Tally(int classes, int k, int keep) {
    confusion = new int[classes][classes];
    this.k = k;
    this.keep = keep;
  }

  /**
   * Counts one example.
   *
   * @param example its number in the data set
   * @param label its class
   * @param logits {@code [batch, classes]}
   * @param row which row of them
   * @throws ArithmeticException if a logit is not finite
   */
  void add(int example, int label, float[] logits, int row) {
    int classes = confusion.length;
    int from = row * classes;
    int predicted = largest(logits, from, classes);
    float own = logits[from + label];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      float value = logits[from + c];
      if (!Float.isFinite(value)) {
        throw new ArithmeticException(
            "the network's logits for example %s are not finite".formatted(example));
      }
      if (value > own || (value == own && c < label)) {
        before++;
      }
    }
    double largest = logits[from + predicted];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(logits[from + c] - largest);
    }
    loss += StrictMath.log(sum) + largest - own;
    confusion[label][predicted]++;
    amongTopK += before < k ? 1 : 0;
    examples++;
    if (predicted != label) {
      mistakes.add(new Mistake(example, label, predicted, 1 / sum));
    }
  }

  /** The class of the largest of {@code classes} logits; of equal ones the first. */
  static int largest(float[] logits, int from, int classes) {
    int largest = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[from + c] > logits[from + largest]) {
        largest = c;
      }
    }
    return largest;
  }

  EvaluationResult result() {
    ConfusionMatrix matrix = ConfusionMatrix.of(confusion);
    return new EvaluationResult(
        examples,
        loss / examples,
        (double) matrix.correct() / examples,
        (double) amongTopK / examples,
        k,
        matrix,
        mistakes.stream().sorted(WORST_FIRST).limit(keep).toList());
  }
}
