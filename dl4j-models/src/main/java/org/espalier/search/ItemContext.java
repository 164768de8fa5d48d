package org.espalier.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** What an item may use besides its view and itself. Lives as long as the item is performed. */
public final class ItemContext {
  private final Worker worker;
  private final List<Loan> loans = new ArrayList<>();

  private record Loan(String key, Reusable thing) {}

  /** A context for one item. */
  public ItemContext(Worker worker) {
    this.worker = Objects.requireNonNull(worker, "worker");
  }

  /** The data with a fingerprint; shared, so never changed. */
  public <D> D data(String fingerprint, Class<D> type) {
    return worker.data().load(fingerprint, type);
  }

  /**
   * Something costly, for this item alone until it ends. What is in it is unspecified: write before
   * reading.
   *
   * @param key what it was built from, for example the hash of a network's specification
   */
  public <T extends Reusable> T borrow(String key, Class<T> type, Supplier<T> create) {
    T thing = worker.cache().take(key, type, create);
    loans.add(new Loan(key, thing));
    return thing;
  }

  /** The numeric platform in one line. */
  public String platform() {
    return worker.platform();
  }

  /** To be called between steps: ends the item by an exception if nobody wants it any more. */
  public void checkCancelled() {
    worker.checkCancelled();
  }

  /** Gives back what was borrowed. */
  void giveBack() {
    loans.forEach(loan -> worker.cache().giveBack(loan.key(), loan.thing()));
    loans.clear();
  }

  /** Closes what was borrowed: the item was broken off, and the state of its things is unknown. */
  void discard() {
    loans.forEach(loan -> loan.thing().close());
    loans.clear();
  }
}
