package org.espalier.tensor;

/**
 * Softmax over the last axis and its logarithm; rows are short, so plain loops with reproducible
 * exponentials.
 */
public final class SoftmaxKernels {
  private SoftmaxKernels() {}

  /** {@code output = exp(input) / sum of exp(input)}, row by row. */
  public static void softmax(Tensor input, Tensor output) {
    output.set(probabilities(input, 1));
  }

  /** {@code target = output * (gradient - sum of output * gradient)}, row by row. */
  public static void softmaxGradient(Tensor output, Tensor gradient, Tensor target) {
    int classes = output.shape().channels();
    double[] values = output.toDoubles();
    double[] slopes = gradient.toDoubles();
    for (int start = 0; start < values.length; start += classes) {
      double mean = 0;
      for (int i = start; i < start + classes; i++) {
        mean += values[i] * slopes[i];
      }
      for (int i = start; i < start + classes; i++) {
        slopes[i] = values[i] * (slopes[i] - mean);
      }
    }
    target.set(slopes);
  }

  /** {@code output = log(softmax(input))}, row by row. */
  public static void logSoftmax(Tensor input, Tensor output) {
    output.set(logProbabilities(input, 1));
  }

  /** {@code target = gradient - exp(output) * sum of gradient}, row by row. */
  public static void logSoftmaxGradient(Tensor output, Tensor gradient, Tensor target) {
    int classes = output.shape().channels();
    double[] values = output.toDoubles();
    double[] slopes = gradient.toDoubles();
    for (int start = 0; start < values.length; start += classes) {
      double sum = 0;
      for (int i = start; i < start + classes; i++) {
        sum += slopes[i];
      }
      for (int i = start; i < start + classes; i++) {
        slopes[i] -= StrictMath.exp(values[i]) * sum;
      }
    }
    target.set(slopes);
  }

  /** Softmax of {@code logits / temperature}. */
  static double[] probabilities(Tensor logits, double temperature) {
    double[] values = logProbabilities(logits, temperature);
    for (int i = 0; i < values.length; i++) {
      values[i] = StrictMath.exp(values[i]);
    }
    return values;
  }

  /** Logarithm of softmax of {@code logits / temperature}. */
  static double[] logProbabilities(Tensor logits, double temperature) {
    int classes = logits.shape().channels();
    double[] values = logits.toDoubles();
    for (int start = 0; start < values.length; start += classes) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = start; i < start + classes; i++) {
        values[i] /= temperature;
        max = Math.max(max, values[i]);
      }
      double sum = 0;
      for (int i = start; i < start + classes; i++) {
        sum += StrictMath.exp(values[i] - max);
      }
      double logSum = max + StrictMath.log(sum);
      for (int i = start; i < start + classes; i++) {
        values[i] -= logSum;
      }
    }
    return values;
  }
}
