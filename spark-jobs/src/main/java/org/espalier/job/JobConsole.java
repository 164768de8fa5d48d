package org.espalier.job;

/** Where a job talks to the person who started it. */
public interface JobConsole {
  /** Says a line. */
  void say(String line);

  /**
   * Shows how far the job is.
   *
   * @param share of the planned work that is done, in [0, 1]
   * @param detail what is worth knowing, for example the best accuracy so far
   */
  void progress(double share, String detail);

  /** Whether the job should write a checkpoint and end. */
  boolean stopRequested();

  /** Has an action run, by another thread, when the job should end. */
  void onStop(Runnable action);
}
