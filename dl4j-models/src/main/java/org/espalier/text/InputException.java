package org.espalier.text;

/**
 * What the user gave cannot be used: a file, a setting, an option, data. The message says what was
 * wrong, where, what was expected and what to do; it is shown as it is, without a stack trace.
 * Every other exception is a mistake of the program or a failure of its surroundings.
 */
public class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public InputException(String message) {
    super(message);
  }

  /** Says what is wrong, and what it was noticed by. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
