package org.espalier.data;

import org.espalier.text.InputException;

/** Data that cannot be used: the message names the file, the place in it and what was expected. */
public final class DataException extends InputException {
  /**
   * Says what is wrong.
   *
   * @param where file, or file and entry
   * @param problem what is wrong there, with offset or line, and what was expected
   */
  public DataException(String where, String problem) {
    super(where + ": " + problem);
  }

  /**
   * Says what is wrong and what raised it.
   *
   * @param where file, or file and entry
   * @param problem what is wrong there, with offset or line, and what was expected
   * @param cause the error of the reader underneath
   */
  public DataException(String where, String problem, Throwable cause) {
    super(where + ": " + problem, cause);
  }

  private DataException(DataException told, String advice) {
    super(told.getMessage() + "; " + advice, told);
  }

  /** The same with what can be done about it. */
  public DataException withAdvice(String advice) {
    return new DataException(this, advice);
  }
}
