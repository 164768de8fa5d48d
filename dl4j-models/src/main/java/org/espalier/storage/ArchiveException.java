package org.espalier.storage;

import org.espalier.text.InputException;

/**
 * An archive cannot be used: it is corrupt, cut short, too large, of another version or kind, or
 * does not hold what is asked for. The message names the archive, where known the byte offset, and
 * what was expected.
 */
public final class ArchiveException extends InputException {
  private static final long serialVersionUID = 1;

  /**
   * @param where the archive, as the user knows it: a file or URI
   * @param problem what is wrong and what was expected
   */
  public ArchiveException(String where, String problem) {
    super(where + ": " + problem);
  }

  /**
   * @param where the archive, as the user knows it: a file or URI
   * @param offset first byte of the part that is wrong, counted from 0
   * @param problem what is wrong and what was expected
   */
  public ArchiveException(String where, long offset, String problem) {
    super("%s: at byte %s: %s".formatted(where, offset, problem));
  }
}
