package org.espalier.task;

/**
 * Tasks of one kind, such as five characters of Omniglot to be told apart. A task is a function of
 * its part and its seed, so it is the same wherever it is drawn.
 */
public interface TaskFamily {
  /** What it is called, unique in a mixture. */
  String name();

  /**
   * Draws a task.
   *
   * @param part for which it is
   * @param seed of the task
   */
  Task draw(MetaPart part, long seed);
}
