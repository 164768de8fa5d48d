package org.espalier.cli;

/** What the command returns to the shell. */
final class ExitCode {
  static final int DONE = 0;
  static final int UNEXPECTED = 1;
  static final int BAD_INPUT = 2;
  static final int INFEASIBLE = 3;
  static final int NO_RESOURCES = 4;

  /** As shells say it of a program ended by Ctrl-C. */
  static final int STOPPED = 130;

  private ExitCode() {}
}
