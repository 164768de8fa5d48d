package org.espalier.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.espalier.config.Redaction;

/**
 * Passes text on without the passwords that stand in URIs: paths of data and runs are shown in many
 * places. What is printed at once is looked at as a whole.
 */
final class RedactingWriter extends FilterWriter {
  RedactingWriter(Writer to) {
    super(to);
  }

  @Override
  public void write(String text, int from, int count) throws IOException {
    out.write(Redaction.text(text.substring(from, from + count)));
  }

  @Override
  public void write(char[] text, int from, int count) throws IOException {
    out.write(Redaction.text(new String(text, from, count)));
  }
}
