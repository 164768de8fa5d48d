package org.espalier.data.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.espalier.data.DataException;

/** Reads the files of a zip, within limits, and notices a zip that was cut off. */
final class ZipEntries {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MOST_COMMENT = 65_535;

  /** The number of entries that stands for "see the zip64 record". */
  private static final int ZIP64 = 0xffff;

  private final String where;
  private final ZipLimits limits;

  ZipEntries(String where, ZipLimits limits) {
    this.where = where;
    this.limits = limits;
  }

  /** Takes the files one by one. */
  interface Receiver {
    /**
     * Takes one file.
     *
     * @param name its path inside the zip, without folders that lead outside
     * @param bytes unpacked
     */
    void accept(String name, byte[] bytes);
  }

  /**
   * Gives all files to the receiver, in the order of the zip.
   *
   * @param packed the zip file
   * @throws DataException if it is no zip, damaged, cut off, beyond the limits, or if an entry's
   *     name leads outside
   */
  void forEach(byte[] packed, Receiver receiver) {
    int promised = promisedEntries(packed);
    int entries = 0;
    long total = 0;
    String name = "its start";
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        name = checkedName(entry.getName());
        if (++entries > limits.entries()) {
          throw new DataException(where, "more than %s entries, the limit".formatted(entries - 1));
        }
        if (!entry.isDirectory()) {
          byte[] bytes = unpack(zip, name);
          total += bytes.length;
          long most = limits.totalBytes(packed.length);
          if (total > most) {
            throw new DataException(
                where,
                "unpacks to more than %s bytes, the limit for a file of %s bytes"
                    .formatted(most, packed.length));
          }
          receiver.accept(name, bytes);
        }
      }
    } catch (IOException | IllegalArgumentException damaged) {
      if (damaged instanceof DataException known) {
        throw known;
      }
      throw new DataException(
          where, "zip damaged in entry %s (%s)".formatted(name, damaged.getMessage()), damaged);
    }
    if (promised != ZIP64 && promised != entries) {
      throw new DataException(
          where, "%s entries found; its directory promises %s".formatted(entries, promised));
    }
  }

  private byte[] unpack(ZipInputStream zip, String name) throws IOException {
    byte[] bytes = zip.readNBytes(limits.entryBytes() + 1);
    if (bytes.length > limits.entryBytes()) {
      throw new DataException(
          where,
          "entry %s unpacks to more than %s bytes, the limit".formatted(name, limits.entryBytes()));
    }
    return bytes;
  }

  private String checkedName(String name) {
    List<String> parts = Arrays.asList(name.split("/"));
    if (name.startsWith("/") || name.contains("\\") || parts.contains("..")) {
      throw new DataException(
          where, "entry '%s' leads outside the zip; expected plain relative names".formatted(name));
    }
    return name;
  }

  /** Entries by the record at the end of the file, which a cut-off file has lost. */
  private int promisedEntries(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    int earliest = Math.max(0, packed.length - END_BYTES - MOST_COMMENT);
    for (int at = packed.length - END_BYTES; at >= earliest; at--) {
      if (bytes.getInt(at) == END_SIGNATURE) {
        return Short.toUnsignedInt(bytes.getShort(at + 10));
      }
    }
    throw new DataException(
        where,
        "no zip directory at its end (%s bytes); not a zip, or cut off".formatted(packed.length));
  }
}
