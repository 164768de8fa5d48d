package org.espalier.training;

import java.util.List;
import org.espalier.settings.Checks;

/**
 * How well a network does on one part of the data.
 *
 * @param examples how many were evaluated, at least 1
 * @param loss mean cross-entropy in nats, without label smoothing
 * @param accuracy share of examples whose largest logit is at their label, in [0, 1]; of equal
 *     logits the first counts
 * @param topK share of examples whose label is among the {@code k} largest logits, in [0, 1]
 * @param k what {@code topK} counts, at least 1
 * @param confusion how often each class was taken for which
 * @param mistakes the wrong answers given with the greatest confidence, greatest first
 */
public record EvaluationResult(
    int examples,
    double loss,
    double accuracy,
    double topK,
    int k,
    ConfusionMatrix confusion,
    List<Mistake> mistakes) {
  public EvaluationResult {
    Checks.atLeast("examples", 1, examples);
    Checks.share("accuracy", accuracy);
    Checks.share("topK", topK);
    Checks.atLeast("k", 1, k);
    mistakes = List.copyOf(mistakes);
  }

  /** The figures of every class, in the order of the classes. */
  public List<ConfusionMatrix.ClassFigures> perClass() {
    return confusion.perClass();
  }

  /** What a history keeps of it. */
  public Score score() {
    return new Score(loss, accuracy);
  }

  /**
   * One wrong answer.
   *
   * @param example number of the example in its data set
   * @param actual its label
   * @param predicted the class it was taken for
   * @param confidence probability (softmax) of that class, in [0, 1]
   */
  public record Mistake(int example, int actual, int predicted, double confidence) {}
}
