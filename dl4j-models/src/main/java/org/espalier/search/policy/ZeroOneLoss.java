package org.espalier.search.policy;

/**
 * What drives gates to 0 or 1, so that few are left undecided (Chu et al., "Fair DARTS", ECCV
 * 2020): {@code -mean (s - 1/2)^2} over all gates {@code s}. It is least, -1/4, where every gate is
 * 0 or 1, and has no slope where all are 1/2.
 */
public final class ZeroOneLoss {
  private ZeroOneLoss() {}

  /**
   * The loss.
   *
   * @param gates {@code [choice][option]}, in [0, 1], at least one
   */
  public static double of(double[][] gates) {
    double sum = 0;
    int count = 0;
    for (double[] row : gates) {
      for (double gate : row) {
        sum -= (gate - 0.5) * (gate - 0.5);
        count++;
      }
    }
    return sum / count;
  }

  /** Derivative of {@link #of} by the gates. */
  public static double[][] gradient(double[][] gates) {
    int count = 0;
    for (double[] row : gates) {
      count += row.length;
    }
    double[][] gradient = new double[gates.length][];
    for (int choice = 0; choice < gates.length; choice++) {
      gradient[choice] = new double[gates[choice].length];
      for (int option = 0; option < gradient[choice].length; option++) {
        gradient[choice][option] = -2 * (gates[choice][option] - 0.5) / count;
      }
    }
    return gradient;
  }
}
