package org.espalier.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The temporary folder cannot hold the pixels of a data set: a matter of resources, not of input.
 */
public final class DataStorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataStorageException(Path folder, long written, IOException cause) {
    super(
        String.format(
            Locale.ROOT,
            "%s: cannot hold the pixels of the data (%s, after %,d MB); free space there, or set TMPDIR"
                + " to a folder of a larger disk",
            folder,
            cause.getMessage(),
            written >> 20),
        cause);
  }
}
