package org.espalier.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.Map;

/** Writes the bytes of an {@link Archive}. */
final class ArchiveWriter {
  static final byte[] MAGIC = "ESPALARC".getBytes(StandardCharsets.US_ASCII);

  private ArchiveWriter() {}

  static void write(
      OutputStream target, String kind, ObjectNode header, Map<String, ArchiveBlock> blocks)
      throws IOException {
    DigestOutputStream out = new DigestOutputStream(target, Hashes.sha256());
    out.write(MAGIC);
    writeInt(out, Archive.VERSION);
    writeString(out, kind.getBytes(StandardCharsets.UTF_8));
    writeString(out, Headers.write(header));
    writeInt(out, blocks.size());
    for (Map.Entry<String, ArchiveBlock> entry : blocks.entrySet()) {
      ArchiveBlock block = entry.getValue();
      writeString(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
      out.write(block.type().code());
      writeLong(out, block.data().length / block.type().bytes());
      out.write(block.data());
    }
    target.write(out.getMessageDigest().digest());
  }

  private static void writeString(OutputStream out, byte[] text) throws IOException {
    writeInt(out, text.length);
    out.write(text);
  }

  private static void writeInt(OutputStream out, int value) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(bytes.putInt(value).array());
  }

  private static void writeLong(OutputStream out, long value) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(bytes.putLong(value).array());
  }
}
