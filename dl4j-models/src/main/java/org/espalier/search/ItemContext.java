package org.espalier.search;

import java.util.function.Supplier;

/** What an item may use besides its view and itself. Lives as long as the item is performed. */
public interface ItemContext {
  /** The data with a fingerprint; shared, so never changed. */
  <D> D data(String fingerprint, Class<D> type);

  /**
   * Something costly, for this item alone until it ends. What is in it is unspecified: write before
   * reading.
   *
   * @param key all that it was built from, for example the hash of a network's specification and
   *     the fingerprint of the data: other searches of this process may ask for things too
   */
  <T extends Reusable> T borrow(String key, Class<T> type, Supplier<T> create);

  /** To be called between steps: ends the item by an exception if nobody wants it any more. */
  void checkCancelled();
}
