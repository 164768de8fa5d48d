package org.espalier.search;

/** A unit of work: performed by one thread of one executor, in about two minutes at most. */
public interface WorkItem {
  /** Seed of all randomness inside the item, drawn by the driver before the round. */
  long seed();

  /**
   * Multiply-accumulates that the item is planned to take, at least 0: images x 3 x MACs for
   * training (forward, and twice that backward), images x MACs for evaluation. Items are dealt to
   * groups by it, and methods are compared at equal sums of it.
   */
  long plannedCost();

  /** What people call it in logs and messages, for example {@code "candidate 7, epochs 3-5"}. */
  String label();

  /** An item that stands for another one: seed, planned cost and label are that one's. */
  interface Wrapped extends WorkItem {
    /** The other one. */
    WorkItem item();

    @Override
    default long seed() {
      return item().seed();
    }

    @Override
    default long plannedCost() {
      return item().plannedCost();
    }

    @Override
    default String label() {
      return item().label();
    }
  }
}
