package org.espalier.cli;

import java.util.List;
import org.espalier.text.InputException;

/**
 * Finds what Java could not read of the command line and of the working folder, because the locale
 * has no such characters: a file of that name would not be found, or one of another name be made.
 */
final class LostCharacters {
  private static final char LOST = '\ufffd';

  private LostCharacters() {}

  /**
   * Refuses a command line with lost characters.
   *
   * @param arguments of the command
   * @param folder that relative paths begin at
   * @throws InputException that says what to set
   */
  static void refuse(List<String> arguments, String folder) {
    for (String argument : arguments) {
      refuse("the argument", argument);
    }
    refuse("the working folder", folder);
  }

  private static void refuse(String what, String text) {
    if (text.indexOf(LOST) >= 0) {
      throw new InputException(
          "%s '%s' has characters that are lost in this locale (Java reads names as %s); set"
                  .formatted(what, text.replace(LOST, '?'), System.getProperty("sun.jnu.encoding"))
              + " LC_ALL=C.UTF-8");
    }
  }
}
