package org.espalier.data.format;

import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which way up a file says that its picture is to be seen. A camera stores what its sensor saw and
 * says in the EXIF data how it was held; every viewer turns the picture.
 */
final class Orientation {
  private static final int UPRIGHT = 1;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int PNG_MARK_BYTES = 8;
  private static final int RIFF_HEAD_BYTES = 12;
  private static final byte[] EXIF_MARK = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private Orientation() {}

  /**
   * The orientation, 1 (upright) to 8, as in EXIF and TIFF; 1 if the file does not say, or not in a
   * way that can be read.
   *
   * @param format of the file
   * @param file all its bytes
   */
  static int of(PictureFormat format, byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    try {
      return switch (format) {
        case JPEG -> ofJpeg(file);
        case PNG -> ofChunks(bytes, PNG_MARK_BYTES, "eXIf", false);
        case WEBP -> ofChunks(bytes.order(ByteOrder.LITTLE_ENDIAN), RIFF_HEAD_BYTES, "EXIF", true);
        case TIFF -> ofDirectory(bytes);
        case BMP, GIF -> UPRIGHT;
      };
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException unreadable) {
      return UPRIGHT;
    }
  }

  private static int ofJpeg(byte[] file) throws IOException {
    for (JPEGSegment segment :
        JPEGSegmentUtil.readSegments(new ByteArrayImageInputStream(file), JPEG.APP1, "Exif")) {
      return ofDirectory(ByteBuffer.wrap(segment.segmentData().readAllBytes()));
    }
    return UPRIGHT;
  }

  /** Walks over the chunks of a PNG, and of the RIFF container of a WebP. */
  private static int ofChunks(ByteBuffer bytes, int first, String wanted, boolean riff) {
    for (int at = first; at + 8 <= bytes.limit(); ) {
      int length = bytes.getInt(riff ? at + 4 : at);
      byte[] name = new byte[4];
      bytes.get(riff ? at : at + 4, name);
      if (new String(name, StandardCharsets.US_ASCII).equals(wanted)) {
        return ofDirectory(bytes.slice(at + 8, length));
      }
      at = Math.addExact(at + 8, Math.addExact(length, riff ? length & 1 : 4));
    }
    return UPRIGHT;
  }

  /**
   * Reads the tag from the first directory alone, as TIFF 6.0 lays it out: what else is there may
   * well be broken, and does not matter.
   */
  private static int ofDirectory(ByteBuffer data) {
    ByteBuffer exif = withoutMark(data);
    exif.order(exif.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = exif.getInt(4);
    int entries = Short.toUnsignedInt(exif.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY_BYTES;
      if (Short.toUnsignedInt(exif.getShort(entry)) == TAG && exif.getShort(entry + 2) == SHORT) {
        int value = exif.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** The directory alone: JPEG and some writers of WebP put a mark before it. */
  private static ByteBuffer withoutMark(ByteBuffer data) {
    byte[] start = new byte[EXIF_MARK.length];
    data.get(0, start);
    return Arrays.equals(start, EXIF_MARK)
        ? data.slice(start.length, data.limit() - start.length)
        : data.slice();
  }
}
