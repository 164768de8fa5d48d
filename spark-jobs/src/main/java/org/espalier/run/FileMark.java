package org.espalier.run;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a file's bytes are known by.
 *
 * @param bytes how many there are
 * @param sha256 of them, in hexadecimal digits
 */
record FileMark(long bytes, String sha256) {
  static FileMark of(byte[] content) {
    return new FileMark(content.length, Manifest.sha256(content));
  }

  /** The mark of what a writer writes, which is not kept. */
  static FileMark of(FileContent content) throws IOException {
    MessageDigest digest = Manifest.digest();
    Counter counter = new Counter();
    try (OutputStream out = new DigestOutputStream(counter, digest)) {
      content.writeTo(out);
    }
    return new FileMark(counter.count, HexFormat.of().formatHex(digest.digest()));
  }

  private static final class Counter extends OutputStream {
    private long count;

    @Override
    public void write(int one) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      count += length;
    }
  }
}
