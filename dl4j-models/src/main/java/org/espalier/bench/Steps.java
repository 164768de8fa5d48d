package org.espalier.bench;

/** Training steps of one workload. */
interface Steps extends AutoCloseable {
  /** Numbers that are trained. */
  long parameterCount();

  /** How many kinds of steps take turns. */
  int kinds();

  /**
   * Forward, backward and update.
   *
   * @param number of the step, which decides its kind
   */
  void step(int number, float[] images, int[] labels);

  /** Bytes that did not fit into the arena so far. */
  long spilledBytes();

  @Override
  void close();
}
