package org.espalier.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where things are in the RIFF container of a WebP, as far as its first frame needs them.
 *
 * @param height of the canvas, in pixels; 0 if the file says nothing but the frame's own
 * @param width of the canvas
 * @param top row of the canvas where the frame begins
 * @param left column of the canvas where the frame begins
 * @param transparent whether the file says that some pixels are
 * @param lossy place of the frame's data if it is stored with loss
 */
record WebpFile(
    int height, int width, int top, int left, boolean transparent, Optional<Place> lossy) {
  private static final int RIFF_HEAD_BYTES = 12;
  private static final int CHUNK_HEAD_BYTES = 8;
  private static final int ANIMATION_FRAME_BYTES = 16;
  private static final int FLAGS = RIFF_HEAD_BYTES + CHUNK_HEAD_BYTES;
  private static final int PROFILE = 0x20;
  private static final int TRANSPARENT = 0x10;

  /**
   * Some bytes of the file.
   *
   * @param from the first
   * @param length how many
   */
  record Place(int from, int length) {}

  /**
   * Reads the container.
   *
   * @throws IOException if it is cut off or holds no picture
   */
  static WebpFile of(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long promised = Integer.toUnsignedLong(bytes.getInt(4)) + CHUNK_HEAD_BYTES;
    if (file.length < promised) {
      throw new IOException(
          "ends after %s bytes, its header promises %s".formatted(file.length, promised));
    }
    boolean extended = extended(file);
    int width = extended ? 1 + threeBytes(bytes, FLAGS + 4) : 0;
    int height = extended ? 1 + threeBytes(bytes, FLAGS + 7) : 0;
    boolean transparent = extended && (file[FLAGS] & TRANSPARENT) != 0;
    int left = 0;
    int top = 0;
    int at = RIFF_HEAD_BYTES;
    while (at + CHUNK_HEAD_BYTES <= file.length) {
      int data = at + CHUNK_HEAD_BYTES;
      int length = bytes.getInt(at + 4);
      String name = new String(file, at, 4, StandardCharsets.US_ASCII);
      if (name.equals("VP8 ") || name.equals("VP8L")) {
        Optional<Place> lossy =
            name.equals("VP8 ") ? Optional.of(new Place(data, length)) : Optional.empty();
        return new WebpFile(height, width, top, left, transparent, lossy);
      } else if (name.equals("ANMF")) {
        left = 2 * threeBytes(bytes, data);
        top = 2 * threeBytes(bytes, data + 3);
        at = data + ANIMATION_FRAME_BYTES;
      } else {
        at = Math.addExact(data, Math.addExact(length, length & 1));
      }
    }
    throw new IOException("holds no picture");
  }

  /** The file without the mark that it has a colour profile, which its reader would apply. */
  static byte[] withoutProfile(byte[] file) {
    if (!extended(file) || (file[FLAGS] & PROFILE) == 0) {
      return file;
    }
    byte[] changed = file.clone();
    changed[FLAGS] &= ~PROFILE;
    return changed;
  }

  private static boolean extended(byte[] file) {
    return file.length > FLAGS + 10
        && new String(file, RIFF_HEAD_BYTES, 4, StandardCharsets.US_ASCII).equals("VP8X");
  }

  private static int threeBytes(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at)) | ((bytes.get(at + 2) & 255) << 16);
  }
}
