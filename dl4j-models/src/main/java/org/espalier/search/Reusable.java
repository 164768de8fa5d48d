package org.espalier.search;

/**
 * Something costly to build that items use one after the other: a network with its buffers, a
 * memory arena. It is storage and structure; an item must write every value before it reads it.
 */
public interface Reusable extends AutoCloseable {
  /** Fills every value that an item could read with NaN: the contract test's dirty worker. */
  void spoil();

  /** Frees what it holds. */
  @Override
  void close();
}
