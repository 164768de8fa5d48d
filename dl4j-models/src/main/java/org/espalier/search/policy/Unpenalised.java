package org.espalier.search.policy;

/** No penalty, as limits are kept in another way. */
public record Unpenalised() implements LimitPenalty {
  @Override
  public double slope(double h) {
    return 0;
  }

  @Override
  public Unpenalised updated(double h) {
    return this;
  }
}
