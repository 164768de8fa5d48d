package org.espalier.data.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.espalier.data.DataException;

/**
 * The frame of a PNG file: chunks of a length, a type of four letters, content and a checksum (PNG,
 * third edition, section 5.3). The platform's reader passes over the checksums, and reads damaged
 * pixels as others.
 */
final class PngFile {
  private static final int MARK = 8;
  private static final int TYPE = 4;
  private static final int AROUND = 12;

  private PngFile() {}

  /**
   * Looks at the checksums of the chunks that decide about pixels; of those that a reader may pass
   * over, whose type begins with a small letter, damage does no harm. A file that is cut off is
   * left to the reader.
   *
   * @param bytes of a file that begins as PNG
   * @throws DataException if a checksum is wrong
   */
  static void check(String where, byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int begin = MARK;
    while (begin <= bytes.length - AROUND) {
      int length = file.getInt(begin);
      if (length < 0 || length > bytes.length - begin - AROUND) {
        return;
      }
      CRC32 sum = new CRC32();
      sum.update(bytes, begin + TYPE, TYPE + length);
      if (Character.isUpperCase(bytes[begin + TYPE])
          && (int) sum.getValue() != file.getInt(begin + 2 * TYPE + length)) {
        throw new DataException(
            where,
            "damaged picture (wrong checksum of the chunk %s at byte %s)"
                .formatted(
                    new String(bytes, begin + TYPE, TYPE, StandardCharsets.US_ASCII), begin));
      }
      begin += AROUND + length;
    }
  }
}
