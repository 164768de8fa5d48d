package org.espalier.run;

import java.io.IOException;
import java.io.OutputStream;

/** What a file is to hold, written as often as it is asked for, always the same. */
@FunctionalInterface
public interface FileContent {
  /** Writes all of it; does not close the stream. */
  void writeTo(OutputStream out) throws IOException;
}
