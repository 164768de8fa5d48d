package org.espalier.run;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The file system failed under a run; what was complete before is still there. */
public final class RunStorageException extends UncheckedIOException {
  RunStorageException(String message, IOException cause) {
    super(message, cause);
  }

  /** Of a disk that is full. */
  static RunStorageException full(String where, IOException cause) {
    return new RunStorageException(
        "cannot write to %s: %s; free some space and run the same command again"
            .formatted(where, RunFiles.text(cause)),
        cause);
  }
}
