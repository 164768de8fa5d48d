package org.espalier.search.policy;

/**
 * The augmented Lagrangian of one limit (Nocedal and Wright, Numerical Optimization, 2006, section
 * 17.4, for an inequality {@code h <= 0}, with {@code h = expected cost / limit - 1}): the loss
 * grows by {@code (max(0, value + penalty * h)^2 - value^2) / (2 * penalty)}.
 *
 * @param value the estimate of the multiplier, at least 0
 * @param penalty factor of the square, above 0
 * @param excess {@code max(0, h)} at the last update; infinite before the first
 */
public record CostMultiplier(double value, double penalty, double excess) implements LimitPenalty {
  /** The penalty grows no further. */
  private static final double MOST_PENALTY = 1000;

  /** Less excess than this is no reason for a larger penalty, which would make steps erratic. */
  private static final double TOLERANCE = 0.01;

  public CostMultiplier {
    if (!(value >= 0 && penalty > 0 && excess >= 0)) {
      throw new IllegalArgumentException(
          "need value >= 0, penalty > 0 and excess >= 0, got %s, %s, %s"
              .formatted(value, penalty, excess));
    }
  }

  @Override
  public double slope(double h) {
    return Math.max(0, value + penalty * h);
  }

  /**
   * The multiplier moves to the slope; the penalty doubles if the excess is above 1 % and has not
   * halved.
   */
  @Override
  public CostMultiplier updated(double h) {
    double now = Math.max(0, h);
    double next =
        now > Math.max(TOLERANCE, excess / 2) ? Math.min(MOST_PENALTY, 2 * penalty) : penalty;
    return new CostMultiplier(slope(h), next, now);
  }
}
