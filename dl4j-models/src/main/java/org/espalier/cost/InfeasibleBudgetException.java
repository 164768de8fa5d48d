package org.espalier.cost;

/** No network of a search space is within a budget. */
public final class InfeasibleBudgetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long smallest;

  /**
   * One limit is below the smallest network; says what would be possible.
   *
   * @param limit what was asked for
   * @param smallest what the network that takes least of the resource takes, in smallest steps
   */
  public InfeasibleBudgetException(Limit limit, long smallest) {
    super(
        "the budget of %s is below the smallest network, which takes %s"
            .formatted(limit.describe(), limit.resource().amount(smallest)));
    this.smallest = smallest;
  }

  /**
   * Each limit can be kept, but no network keeps all of them.
   *
   * @param budget with one limit if only networks that nobody wants keep it
   */
  public InfeasibleBudgetException(Budget budget) {
    super(
        budget.all().size() > 1
            ? "no network is within %s together, though each limit by itself can be kept: raise one"
                .formatted(budget.describe())
            : "within %s there are only networks whose output does not depend on the image: raise it"
                .formatted(budget.describe()));
    smallest = 0;
  }

  /**
   * What the smallest network takes of the limit that it is over, in smallest steps of the
   * resource; 0 if it is several limits together that cannot be kept.
   */
  public long smallest() {
    return smallest;
  }
}
