package org.espalier.run;

import org.espalier.text.InputException;

/** A run that may not start or go on as asked: the user has to change something. */
public final class RunRefusedException extends InputException {
  RunRefusedException(String message) {
    super(message);
  }

  RunRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
