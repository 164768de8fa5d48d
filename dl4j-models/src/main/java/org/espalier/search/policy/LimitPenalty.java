package org.espalier.search.policy;

/**
 * What a loss grows by when the expected cost comes near a limit or over it, as a function of
 * {@code h = expected cost / limit - 1}; an immutable value.
 */
public sealed interface LimitPenalty permits CostMultiplier, FixedPenalty, Unpenalised {

  /** Derivative of what the loss grows by, with respect to {@code h}. */
  double slope(double h);

  /** The penalty from now on, after it has been looked at what has come of it. */
  LimitPenalty updated(double h);
}
