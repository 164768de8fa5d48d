package org.espalier.data.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells files that are meant as pictures, whether they can be decoded or not, from those that no
 * reader of pictures would take.
 */
final class PictureSigns {
  /** Bytes that {@link #begin} looks at. */
  static final int BYTES = 32;

  private static final Set<String> EXTENSIONS =
      Set.of(
          "png", "apng", "jpg", "jpeg", "jpe", "jfif", "bmp", "dib", "gif", "webp", "tif", "tiff",
          "avif", "heic", "heif", "jp2", "j2k", "jxl", "pbm", "pgm", "ppm", "pnm", "tga", "psd",
          "svg", "exr", "dcm", "dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf");

  /** What files of a kind begin with, in the one-byte characters of ISO 8859-1. */
  private static final List<String> BEGINNINGS =
      List.of(
          "\u0089PNG\r\n\u001a\n",
          "\u00ff\u00d8\u00ff",
          "GIF87a",
          "GIF89a",
          "II*\0",
          "MM\0*",
          "8BPS");

  private static final List<String> BRANDS = List.of("avif", "avis", "heic", "heix", "mif1");

  private PictureSigns() {}

  /** Whether a file of this name is meant as a picture. */
  static boolean name(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Whether a file that begins like this is a picture. */
  static boolean begin(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return BEGINNINGS.stream().anyMatch(text::startsWith)
        || bitmap(bytes)
        || (text.startsWith("RIFF") && text.startsWith("WEBP", 8))
        || (text.startsWith("ftyp", 4) && BRANDS.stream().anyMatch(b -> text.startsWith(b, 8)));
  }

  /** Two letters are no sign: four bytes of a bitmap are 0, and its second header has few sizes. */
  private static boolean bitmap(byte[] bytes) {
    return bytes.length > 17
        && bytes[0] == 'B'
        && bytes[1] == 'M'
        && Arrays.equals(bytes, 6, 10, new byte[4], 0, 4)
        && Set.of(12, 40, 52, 56, 64, 108, 124).contains((int) bytes[14]);
  }
}
