package org.espalier.cli;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param level how bad it is
 * @param subject what was looked at
 * @param text what was found
 * @param advice what to do; empty if nothing
 */
record Finding(Level level, String subject, String text, String advice) {
  /** How bad something is, rising. */
  enum Level {
    OK,
    WARNING,
    ERROR;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text, "");
  }

  static Finding warning(String subject, String text, String advice) {
    return new Finding(Level.WARNING, subject, text, advice);
  }

  static Finding error(String subject, String text, String advice) {
    return new Finding(Level.ERROR, subject, text, advice);
  }
}
