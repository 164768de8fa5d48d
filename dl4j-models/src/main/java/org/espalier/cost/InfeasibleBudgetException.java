package org.espalier.cost;

/** No network of a search space is within a budget. */
public final class InfeasibleBudgetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long smallest;

  /**
   * Says what would be possible.
   *
   * @param unit what is counted, for example {@code "MACs"}
   * @param budget what was asked for
   * @param smallest cost of the smallest network there is
   */
  public InfeasibleBudgetException(String unit, long budget, long smallest) {
    super(
        "the budget of %,d %s is below the smallest network, which takes %,d"
            .formatted(budget, unit, smallest));
    this.smallest = smallest;
  }

  /** Cost of the smallest network there is. */
  public long smallest() {
    return smallest;
  }
}
