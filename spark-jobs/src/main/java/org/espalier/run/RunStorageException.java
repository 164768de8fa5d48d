package org.espalier.run;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The file system failed under a run; what was complete before is still there. */
public final class RunStorageException extends UncheckedIOException {
  RunStorageException(String message, IOException cause) {
    super(message, cause);
  }
}
