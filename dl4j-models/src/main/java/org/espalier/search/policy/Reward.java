package org.espalier.search.policy;

/**
 * What a candidate is worth: its accuracy, less if it is over a limit (Wang et al., NeurIPS 2020,
 * after Tan et al., CVPR 2019, equation 3): {@code accuracy * ratio^exponent} for a ratio above 1.
 * It is continuous at the limit; below it, cost does not matter.
 *
 * @param costExponent at most 0; usually -0.1, which takes 7 % off at twice the limit; -1 takes
 *     half
 */
public record Reward(double costExponent) {
  public Reward {
    if (!(costExponent <= 0 && costExponent > Double.NEGATIVE_INFINITY)) {
      throw new IllegalArgumentException("costExponent must be at most 0, got " + costExponent);
    }
  }

  /**
   * The reward.
   *
   * @param accuracy any finite measure that is better when larger; above the limit not below 0
   * @param ratio cost over limit, at least 0; of several limits the largest
   */
  public double of(double accuracy, double ratio) {
    if (!Double.isFinite(accuracy) || (ratio > 1 && accuracy < 0)) {
      throw new IllegalArgumentException(
          "accuracy must be finite, above the limit at least 0, got " + accuracy);
    }
    if (!(ratio >= 0)) {
      throw new IllegalArgumentException("ratio must be at least 0, got " + ratio);
    }
    return ratio <= 1 ? accuracy : accuracy * StrictMath.pow(ratio, costExponent);
  }
}
