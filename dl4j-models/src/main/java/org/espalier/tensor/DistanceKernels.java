package org.espalier.tensor;

/** Losses that compare a tensor with another one instead of with labels. */
public final class DistanceKernels {
  private DistanceKernels() {}

  /**
   * {@code temperature^2 * mean over rows of KL(p || q)}, where {@code p} and {@code q} are softmax
   * of teacher and student at that temperature.
   *
   * @param excess overwritten with {@code q - p}
   */
  public static double divergence(
      Tensor student, Tensor teacher, double temperature, Tensor excess) {
    double[] logQ = SoftmaxKernels.logProbabilities(student, temperature);
    double[] logP = SoftmaxKernels.logProbabilities(teacher, temperature);
    double sum = 0;
    for (int i = 0; i < logP.length; i++) {
      double p = StrictMath.exp(logP[i]);
      // A probability of zero adds nothing, though its logarithm is infinite.
      sum += p == 0 ? 0 : p * (logP[i] - logQ[i]);
      logQ[i] = StrictMath.exp(logQ[i]) - p;
    }
    excess.set(logQ);
    return temperature * temperature * sum / student.shape().rows();
  }

  /** The mean of {@code (left - right)^2}. */
  public static double meanSquare(Tensor left, Tensor right) {
    double[] difference = left.toDoubles();
    double[] others = right.toDoubles();
    double sum = 0;
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= others[i];
      sum += difference[i] * difference[i];
    }
    return sum / difference.length;
  }

  /** {@code target = factor * (left - right)}. */
  public static void scaledDifference(double factor, Tensor left, Tensor right, Tensor target) {
    left.array().subi(right.array(), target.array());
    target.array().muli(factor);
  }
}
