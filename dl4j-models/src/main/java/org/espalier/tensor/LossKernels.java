package org.espalier.tensor;

/**
 * Losses of {@code [batch, classes]} logits; small, so plain loops with reproducible logarithms.
 */
public final class LossKernels {
  private LossKernels() {}

  /**
   * Mean cross-entropy of softmax with smoothed labels (Szegedy et al., 2016, section 7): the
   * target is {@code 1 - smoothing} for the label plus {@code smoothing / classes} for every class.
   *
   * @param probabilities overwritten with softmax of the logits
   * @param loss overwritten, size 1
   */
  public static void crossEntropy(
      Tensor logits, int[] labels, double smoothing, Tensor probabilities, Tensor loss) {
    int classes = logits.shape().channels();
    double[] values = logits.toDoubles();
    double total = 0;
    for (int row = 0; row < labels.length; row++) {
      total += rowLoss(values, row * classes, classes, labels[row], smoothing);
    }
    probabilities.set(values);
    loss.fill(total / labels.length);
  }

  /** Loss of one row of logits, which is replaced by its softmax. */
  private static double rowLoss(
      double[] values, int start, int classes, int label, double smoothing) {
    double max = Double.NEGATIVE_INFINITY;
    double mean = 0;
    for (int i = start; i < start + classes; i++) {
      max = Math.max(max, values[i]);
      mean += values[i] / classes;
    }
    double labelled = values[start + label];
    double sum = 0;
    for (int i = start; i < start + classes; i++) {
      values[i] = StrictMath.exp(values[i] - max);
      sum += values[i];
    }
    for (int i = start; i < start + classes; i++) {
      values[i] /= sum;
    }
    double logSum = max + StrictMath.log(sum);
    return (1 - smoothing) * (logSum - labelled) + smoothing * (logSum - mean);
  }

  /**
   * Overwrites {@code target} with the gradient of the logits.
   *
   * @param factor gradient of the loss
   */
  public static void crossEntropyGradient(
      Tensor probabilities, int[] labels, double smoothing, double factor, Tensor target) {
    int classes = probabilities.shape().channels();
    double[] values = probabilities.toDoubles();
    double share = factor / labels.length;
    for (int row = 0; row < labels.length; row++) {
      for (int c = 0; c < classes; c++) {
        int at = row * classes + c;
        double wanted = smoothing / classes + (c == labels[row] ? 1 - smoothing : 0);
        values[at] = (values[at] - wanted) * share;
      }
    }
    target.set(values);
  }
}
