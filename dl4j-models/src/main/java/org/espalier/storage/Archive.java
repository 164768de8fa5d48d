package org.espalier.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A container for weights, optimiser states and checkpoints: a kind, a JSON header and named blocks
 * of numbers, closed by a SHA-256. Immutable; equal contents give equal bytes.
 *
 * <p>The file, all integers little-endian, strings in UTF-8 after their length as {@code int32}:
 *
 * <pre>
 * "ESPALARC"  int32 version  string kind  string header  int32 blocks
 * blocks x (string name  int8 type  int64 count  count x element)
 * 32 bytes SHA-256 of everything before
 * </pre>
 */
public final class Archive {
  /** The version this program writes and reads. */
  public static final int VERSION = 1;

  /** The largest archive that {@link #read(InputStream, String)} accepts, in bytes. */
  public static final long DEFAULT_MAX_BYTES = 1L << 30;

  private final String where;
  private final String kind;
  private final ObjectNode header;
  private final Map<String, ArchiveBlock> blocks;

  Archive(String where, String kind, ObjectNode header, Map<String, ArchiveBlock> blocks) {
    this.where = where;
    this.kind = kind;
    this.header = header;
    this.blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
  }

  /**
   * Starts an archive.
   *
   * @param kind what it holds, such as {@code weights}: letters, digits and {@code . _ -}, at most
   *     64
   */
  public static Builder builder(String kind) {
    return new Builder(kind);
  }

  /**
   * Reads and verifies an archive of at most {@link #DEFAULT_MAX_BYTES}.
   *
   * @param in positioned at the archive's first byte, and ending with its last; not closed
   * @param where the archive as the user knows it, for messages
   * @throws ArchiveException if it is not a whole and sound archive of this version
   * @throws IOException if reading fails
   */
  public static Archive read(InputStream in, String where) throws IOException {
    return read(in, where, DEFAULT_MAX_BYTES);
  }

  /**
   * Reads and verifies an archive.
   *
   * @param in positioned at the archive's first byte, and ending with its last; not closed
   * @param where the archive as the user knows it, for messages
   * @param maxBytes size in bytes above which it is refused; memory use stays in proportion to what
   *     was really read, whatever sizes the file claims
   * @throws ArchiveException if it is not a whole and sound archive of this version
   * @throws IOException if reading fails
   */
  public static Archive read(InputStream in, String where, long maxBytes) throws IOException {
    return new ArchiveReader(in, where, maxBytes).read();
  }

  /** What the archive holds. */
  public String kind() {
    return kind;
  }

  /** A copy of the header. */
  public ObjectNode header() {
    return header.deepCopy();
  }

  /** Where it was read from, for messages; {@code "new archive"} if it was built. */
  public String where() {
    return where;
  }

  /** The names of the blocks, in the order in which they were added. */
  public Set<String> names() {
    return blocks.keySet();
  }

  /**
   * This archive, if it is of the kind.
   *
   * @throws ArchiveException if it is of another
   */
  public Archive require(String expectedKind) {
    if (!kind.equals(expectedKind)) {
      throw new ArchiveException(where, "holds '%s', expected '%s'".formatted(kind, expectedKind));
    }
    return this;
  }

  /**
   * A block of float32.
   *
   * @throws ArchiveException if there is no such block
   */
  public float[] floats(String name) {
    ByteBuffer bytes = block(name, ArchiveBlock.Type.FLOAT32);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /**
   * A block of float64.
   *
   * @throws ArchiveException if there is no such block
   */
  public double[] doubles(String name) {
    ByteBuffer bytes = block(name, ArchiveBlock.Type.FLOAT64);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  /**
   * A block of int32.
   *
   * @throws ArchiveException if there is no such block
   */
  public int[] ints(String name) {
    ByteBuffer bytes = block(name, ArchiveBlock.Type.INT32);
    int[] values = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(values);
    return values;
  }

  /**
   * A block of int64.
   *
   * @throws ArchiveException if there is no such block
   */
  public long[] longs(String name) {
    ByteBuffer bytes = block(name, ArchiveBlock.Type.INT64);
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }

  /**
   * A block of bytes.
   *
   * @throws ArchiveException if there is no such block
   */
  public byte[] bytes(String name) {
    ByteBuffer bytes = block(name, ArchiveBlock.Type.BYTES);
    byte[] values = new byte[bytes.remaining()];
    bytes.get(values);
    return values;
  }

  /**
   * Writes the whole archive; the stream is not closed.
   *
   * @throws IOException if writing fails
   */
  public void writeTo(OutputStream out) throws IOException {
    ArchiveWriter.write(out, kind, header, blocks);
  }

  /** The whole archive. */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }

  private ByteBuffer block(String name, ArchiveBlock.Type type) {
    ArchiveBlock block = blocks.get(name);
    if (block == null) {
      throw new ArchiveException(
          where, "has no block '%s', only %s".formatted(name, blocks.keySet()));
    }
    if (block.type() != type) {
      throw new ArchiveException(
          where, "block '%s' is of %s, expected %s".formatted(name, block.type(), type));
    }
    return ByteBuffer.wrap(block.data()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Collects what goes into an archive; values are copied. */
  public static final class Builder {
    private final String kind;
    private final Map<String, ArchiveBlock> blocks = new LinkedHashMap<>();
    private ObjectNode header = Headers.empty();

    private Builder(String kind) {
      if (!kind.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException(
            "an archive's kind has 1 to 64 letters, digits and . _ -, got '" + kind + "'");
      }
      this.kind = kind;
    }

    /** Sets the header, up to {@value Headers#MAX_BYTES} bytes of JSON. */
    public Builder header(ObjectNode newHeader) {
      header = newHeader.deepCopy();
      return this;
    }

    /** Adds a block of float32. */
    public Builder floats(String name, float[] values) {
      ByteBuffer data = add(name, ArchiveBlock.Type.FLOAT32, values.length);
      data.asFloatBuffer().put(values);
      return this;
    }

    /** Adds a block of float64. */
    public Builder doubles(String name, double[] values) {
      ByteBuffer data = add(name, ArchiveBlock.Type.FLOAT64, values.length);
      data.asDoubleBuffer().put(values);
      return this;
    }

    /** Adds a block of int32. */
    public Builder ints(String name, int[] values) {
      ByteBuffer data = add(name, ArchiveBlock.Type.INT32, values.length);
      data.asIntBuffer().put(values);
      return this;
    }

    /** Adds a block of int64. */
    public Builder longs(String name, long[] values) {
      ByteBuffer data = add(name, ArchiveBlock.Type.INT64, values.length);
      data.asLongBuffer().put(values);
      return this;
    }

    /** Adds a block of bytes. */
    public Builder bytes(String name, byte[] values) {
      add(name, ArchiveBlock.Type.BYTES, values.length).put(values);
      return this;
    }

    /** The archive. */
    public Archive build() {
      return new Archive("new archive", kind, header, blocks);
    }

    private ByteBuffer add(String name, ArchiveBlock.Type type, int count) {
      Objects.requireNonNull(name, "name");
      byte[] data = new byte[Math.multiplyExact(count, type.bytes())];
      ArchiveBlock.checkName(name);
      if (blocks.putIfAbsent(name, new ArchiveBlock(type, data)) != null) {
        throw new IllegalArgumentException("two blocks are called '" + name + "'");
      }
      return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
