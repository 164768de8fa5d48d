package org.espalier.search.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.search.ItemContext;
import org.espalier.search.Reusable;

/** The context of one item on a worker: lends what is warm there until the item ends. */
public final class LendingContext implements ItemContext {
  private final Worker worker;
  private final List<Loan> loans = new ArrayList<>();
  private Optional<RuntimeException> unreadable = Optional.empty();

  private record Loan(String key, Reusable thing) {}

  /** A context for one item. */
  public LendingContext(Worker worker) {
    this.worker = Objects.requireNonNull(worker, "worker");
  }

  @Override
  public <D> D data(String fingerprint, Class<D> type) {
    try {
      return worker.data().load(fingerprint, type);
    } catch (RuntimeException e) {
      unreadable = Optional.of(e);
      throw e;
    }
  }

  @Override
  public <T extends Reusable> T borrow(String key, Class<T> type, Supplier<T> create) {
    T thing = worker.cache().take(key, type, create);
    loans.add(new Loan(key, thing));
    return thing;
  }

  @Override
  public void checkCancelled() {
    worker.checkCancelled();
  }

  /** What came of an attempt to read data that failed. */
  Optional<RuntimeException> unreadable() {
    return unreadable;
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
