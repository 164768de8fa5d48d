package org.espalier.search.rounds;

/**
 * An item threw what no other executor would help against: a mistake of the program, or of what it
 * runs on. The state before the round stands. What an item cannot do is no exception but a {@link
 * org.espalier.search.Outcome}, and what executors lack is a {@link RoundFailedException}.
 */
public final class ItemFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what could not be performed, and why. */
  public ItemFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The failure of one item.
   *
   * @param label of the item
   * @param cause what it threw; two failures are equal if their messages are
   */
  static ItemFailedException of(String label, Throwable cause) {
    return new ItemFailedException("'%s' threw %s".formatted(label, cause), cause);
  }
}
