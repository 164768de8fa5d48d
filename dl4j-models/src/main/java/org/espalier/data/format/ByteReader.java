package org.espalier.data.format;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.espalier.data.DataException;

/** Reads a file's bytes, plain or gzip, and knows at which offset it is. */
final class ByteReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** Blank pictures shrink to a thousandth; data sets of hundreds of megabytes are not blank. */
  private static final long MOST_RATIO = 200;

  /** Every file may unpack to so many bytes. */
  private static final long ALWAYS = 128L << 20;

  private final String where;
  private final InputStream input;
  private final boolean gzip;
  private final long most;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int filled;
  private long consumed;

  private ByteReader(String where, InputStream input, boolean gzip, long most) {
    this.where = where;
    this.input = input;
    this.gzip = gzip;
    this.most = most;
  }

  /** Opens a file; gzip is known by its first two bytes. */
  static ByteReader open(DataPath file) {
    long most = Math.max(ALWAYS, MOST_RATIO * file.length());
    ByteReader reader = open(file.toString(), file.open(), most);
    if (file.name().endsWith(".gz") && !reader.gzip) {
      reader.close();
      throw new DataException(file.toString(), "not gzip data, as its name says; expected 1f 8b");
    }
    return reader;
  }

  /** Reads a stream, which it closes in the end. */
  static ByteReader open(String where, InputStream stream) {
    return open(where, stream, Long.MAX_VALUE);
  }

  /**
   * All bytes of a file.
   *
   * @param most that it may have
   * @param what such a file is called, for the message
   */
  static byte[] whole(DataPath file, int most, String what) {
    try (ByteReader reader = open(file)) {
      byte[] bytes = reader.readUpTo(most);
      reader.expectEnd("%s bytes, the limit for %s".formatted(most, what));
      return bytes;
    }
  }

  private static ByteReader open(String where, InputStream stream, long most) {
    try {
      InputStream input = new BufferedInputStream(stream, BUFFER);
      input.mark(2);
      boolean gzip = input.read() == 0x1f && input.read() == 0x8b;
      input.reset();
      return new ByteReader(where, gzip ? new GZIPInputStream(input, BUFFER) : input, gzip, most);
    } catch (IOException failure) {
      throw new DataException(where, "cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** What the bytes come from, for messages. */
  String where() {
    return where;
  }

  /** Bytes read so far, after unpacking. */
  long offset() {
    return consumed + next;
  }

  /** The next byte, 0..255, or -1 at the end. */
  int read() {
    if (atEnd()) {
      return -1;
    }
    return Byte.toUnsignedInt(buffer[next++]);
  }

  /** The next four bytes as a big-endian number. */
  int readInt(String what) {
    byte[] bytes = new byte[Integer.BYTES];
    readFully(bytes, what);
    return ByteBuffer.wrap(bytes).getInt();
  }

  /**
   * Fills the array.
   *
   * @param target filled from its start
   * @param what is being read, for the message
   * @throws DataException if the file ends before
   */
  void readFully(byte[] target, String what) {
    int done = 0;
    while (done < target.length) {
      if (atEnd()) {
        throw new DataException(
            where,
            "ends at byte %s inside %s; expected %s more bytes"
                .formatted(offset(), what, target.length - done));
      }
      int count = Math.min(filled - next, target.length - done);
      System.arraycopy(buffer, next, target, done, count);
      next += count;
      done += count;
    }
  }

  /** What is left of the file, but at most so many bytes. */
  byte[] readUpTo(int most) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    while (rest.size() < most && !atEnd()) {
      int count = Math.min(filled - next, most - rest.size());
      rest.write(buffer, next, count);
      next += count;
    }
    return rest.toByteArray();
  }

  /** Whether no byte is left. */
  boolean atEnd() {
    return next == filled && !fill();
  }

  /** Throws if anything follows. */
  void expectEnd(String after) {
    if (!atEnd()) {
      throw new DataException(
          where, "goes on at byte %s; expected its end after %s".formatted(offset(), after));
    }
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException failure) {
      throw new DataException(where, "cannot be closed: " + failure.getMessage(), failure);
    }
  }

  private boolean fill() {
    consumed += filled;
    next = 0;
    filled = 0;
    try {
      filled = Math.max(0, input.read(buffer, 0, buffer.length));
      if (gzip && consumed + filled > most) {
        throw new DataException(
            where, "unpacks to more than %s bytes, the limit for its size".formatted(most));
      }
      return filled > 0;
    } catch (EOFException | ZipException corrupt) {
      throw new DataException(
          where,
          "gzip data corrupt or cut off after %s unpacked bytes (%s)"
              .formatted(consumed, corrupt.getMessage()),
          corrupt);
    } catch (IOException failure) {
      throw new DataException(
          where,
          "cannot be read after byte %s: %s".formatted(consumed, failure.getMessage()),
          failure);
    }
  }
}
