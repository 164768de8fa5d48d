package org.espalier.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one archive. Lengths are checked before anything is allocated for them, and bytes are
 * gathered in small pieces, so a file cannot make us allocate more than a small multiple of its own
 * size.
 */
final class ArchiveReader {
  private static final int MAX_KIND_BYTES = 64;
  private static final int MAX_BLOCKS = 1 << 20;

  private final InputStream in;
  private final String where;
  private final long maxBytes;
  private final MessageDigest digest = Hashes.sha256();
  private long offset;

  ArchiveReader(InputStream in, String where, long maxBytes) {
    this.in = in;
    this.where = where;
    this.maxBytes = maxBytes;
  }

  Archive read() throws IOException {
    if (!Arrays.equals(take(ArchiveWriter.MAGIC.length, "the mark"), ArchiveWriter.MAGIC)) {
      throw new ArchiveException(where, 0, "no archive: expected it to start with ESPALARC");
    }
    int version = takeInt("the version");
    if (version != Archive.VERSION) {
      throw new ArchiveException(
          where,
          offset - Integer.BYTES,
          "archive version %s, this program reads version %s".formatted(version, Archive.VERSION));
    }
    String kind = takeString(MAX_KIND_BYTES, "the kind");
    byte[] json = takeText(Headers.MAX_BYTES, "the header");
    final long headerOffset = offset - json.length;
    Map<String, ArchiveBlock> blocks = takeBlocks();
    verify();
    // Parsed last: nothing interprets bytes that the hash has not confirmed.
    ObjectNode header = Headers.read(json, where, headerOffset);
    return new Archive(where, kind, header, blocks);
  }

  private Map<String, ArchiveBlock> takeBlocks() throws IOException {
    int count = takeInt("the number of blocks");
    if (count < 0 || count > MAX_BLOCKS) {
      throw problem(
          Integer.BYTES, "claims %s blocks, allowed are 0 to %s".formatted(count, MAX_BLOCKS));
    }
    Map<String, ArchiveBlock> blocks = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = takeString(ArchiveBlock.MAX_NAME_BYTES, "the name of block " + i);
      if (blocks.put(name, takeBlock(name)) != null) {
        throw new ArchiveException(where, offset, "two blocks are called '" + name + "'");
      }
    }
    return blocks;
  }

  private ArchiveBlock takeBlock(String name) throws IOException {
    int code = take(1, "the type of block '" + name + "'")[0];
    ArchiveBlock.Type type =
        ArchiveBlock.Type.of(code)
            .orElseThrow(
                () -> problem(1, "block '%s' has the unknown type %s".formatted(name, code)));
    long count =
        ByteBuffer.wrap(take(Long.BYTES, "the size of block '" + name + "'"))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    int limit = (Integer.MAX_VALUE - Long.BYTES) / type.bytes();
    if (count < 0 || count > limit) {
      throw problem(
          Long.BYTES,
          "block '%s' claims %s elements, allowed are 0 to %s".formatted(name, count, limit));
    }
    return new ArchiveBlock(type, take((int) count * type.bytes(), "block '" + name + "'"));
  }

  private void verify() throws IOException {
    byte[] computed = digest.digest();
    if (!MessageDigest.isEqual(computed, take(computed.length, "the SHA-256"))) {
      throw new ArchiveException(
          where, "is corrupt: its contents do not have the SHA-256 that it ends with");
    }
    if (in.read() >= 0) {
      throw new ArchiveException(where, offset, "more bytes follow, expected the end");
    }
  }

  private String takeString(int limit, String part) throws IOException {
    return new String(takeText(limit, part), StandardCharsets.UTF_8);
  }

  private byte[] takeText(int limit, String part) throws IOException {
    int length = takeInt("the length of " + part);
    if (length < 0 || length > limit) {
      throw problem(
          Integer.BYTES, "%s claims %s bytes, allowed are 0 to %s".formatted(part, length, limit));
    }
    return take(length, part);
  }

  private int takeInt(String part) throws IOException {
    return ByteBuffer.wrap(take(Integer.BYTES, part)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private byte[] take(int length, String part) throws IOException {
    if (length > maxBytes - offset) {
      throw new ArchiveException(
          where,
          offset,
          "%s needs %s bytes, which passes the size limit of %s bytes"
              .formatted(part, length, maxBytes));
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new ArchiveException(
          where,
          offset,
          "cut short: expected %s bytes for %s, found %s".formatted(length, part, bytes.length));
    }
    digest.update(bytes);
    offset += length;
    return bytes;
  }

  private ArchiveException problem(int bytesBack, String what) {
    return new ArchiveException(where, offset - bytesBack, what);
  }
}
