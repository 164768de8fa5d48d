package org.espalier.bench;

/** Training steps of one network, ready to be timed. Belongs to one thread. */
public interface Steps extends AutoCloseable {
  /** Numbers that are trained. */
  long parameterCount();

  /** How many kinds of steps take turns. */
  default int kinds() {
    return 1;
  }

  /**
   * Forward, backward and update.
   *
   * @param number of the step, which decides its kind
   */
  void step(int number);

  /** Bytes that did not fit into the arena so far. */
  long spilledBytes();

  @Override
  void close();
}
