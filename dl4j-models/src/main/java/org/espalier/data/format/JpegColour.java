package org.espalier.data.format;

import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.data.DataException;

/**
 * What the components of a JPEG stand for, and how they become grey or red, green and blue: by the
 * rules and the whole-number arithmetic of the IJG's libjpeg (jdapimin.c, jdcolor.c), which other
 * programs read by. The platform's reader has rules of its own, and applies colour profiles.
 */
enum JpegColour {
  GREY,
  RGB,
  YCC,
  CMYK,
  YCCK;

  private static final int CENTRE = 128;
  private static final int SCALE_BITS = 16;
  private static final int HALF = 1 << (SCALE_BITS - 1);
  private static final int RED_BY_CR = fixed(1.40200);
  private static final int GREEN_BY_CR = fixed(0.71414);
  private static final int GREEN_BY_CB = fixed(0.34414);
  private static final int BLUE_BY_CB = fixed(1.77200);

  /** Where the Adobe segment, which begins with its name, says how colours are transformed. */
  private static final int ADOBE_TRANSFORM = 11;

  /** Names of the segments that decide. */
  private static final Map<Integer, List<String>> DECISIVE = decisive();

  /**
   * Finds what the components are.
   *
   * @param where file or entry
   * @param file all its bytes
   */
  static JpegColour of(String where, byte[] file) throws IOException {
    boolean jfif = false;
    int adobe = -1;
    byte[] components = new byte[0];
    for (JPEGSegment segment :
        JPEGSegmentUtil.readSegments(new ByteArrayImageInputStream(file), DECISIVE)) {
      byte[] data = segment.segmentData().readAllBytes();
      if (segment.marker() == JPEG.APP0) {
        jfif = true;
      } else if (segment.marker() == JPEG.APP14) {
        adobe = data.length > ADOBE_TRANSFORM ? data[ADOBE_TRANSFORM] : -1;
      } else {
        components = ids(data);
      }
    }
    return switch (components.length) {
      case 1 -> GREY;
      case 3 -> ofThree(jfif, adobe, components);
      case 4 -> adobe == 2 ? YCCK : CMYK;
      default ->
          throw new DataException(
              where, "JPEG of %s components; expected 1, 3 or 4".formatted(components.length));
    };
  }

  private static JpegColour ofThree(boolean jfif, int adobe, byte[] ids) {
    if (jfif || adobe >= 0) {
      return !jfif && adobe == 0 ? RGB : YCC;
    }
    return ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B' ? RGB : YCC;
  }

  /** Identifiers of the components in the frame's header. */
  private static byte[] ids(byte[] frame) {
    ByteBuffer header = ByteBuffer.wrap(frame);
    byte[] ids = new byte[header.get(5)];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = header.get(6 + 3 * i);
    }
    return ids;
  }

  private static Map<Integer, List<String>> decisive() {
    Map<Integer, List<String>> segments = new HashMap<>();
    segments.put(JPEG.APP0, List.of("JFIF"));
    segments.put(JPEG.APP14, List.of("Adobe"));
    for (int marker : new int[] {JPEG.SOF0, JPEG.SOF1, JPEG.SOF2, JPEG.SOF3}) {
      segments.put(marker, JPEGSegmentUtil.ALL_IDS);
    }
    return segments;
  }

  /** Makes grey, or red, green and blue, of a decoded picture's components. */
  DecodedPicture convert(Raster components) {
    int height = components.getHeight();
    int width = components.getWidth();
    int channels = this == GREY ? 1 : 3;
    int bands = components.getNumBands();
    int[] row = new int[width * bands];
    byte[] pixels = new byte[Math.multiplyExact(height * width, channels)];
    int next = 0;
    for (int y = 0; y < height; y++) {
      components.getPixels(components.getMinX(), components.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        convert(row, x * bands, pixels, next);
        next += channels;
      }
    }
    return new DecodedPicture(height, width, channels, pixels);
  }

  private void convert(int[] values, int from, byte[] pixels, int to) {
    switch (this) {
      case GREY -> pixels[to] = (byte) values[from];
      case RGB -> {
        for (int c = 0; c < 3; c++) {
          pixels[to + c] = (byte) values[from + c];
        }
      }
      case YCC -> fromYcc(values, from, pixels, to);
      case CMYK -> {
        for (int c = 0; c < 3; c++) {
          pixels[to + c] = (byte) Ink.onPaper(values[from + c], values[from + 3]);
        }
      }
      case YCCK -> {
        fromYcc(values, from, pixels, to);
        for (int c = 0; c < 3; c++) {
          // What comes out of YCC is the opposite of the stored ink, and inks are stored inverted.
          pixels[to + c] = (byte) Ink.onPaper(255 - (pixels[to + c] & 255), values[from + 3]);
        }
      }
    }
  }

  private static void fromYcc(int[] values, int from, byte[] pixels, int to) {
    int luma = values[from];
    int cb = values[from + 1] - CENTRE;
    int cr = values[from + 2] - CENTRE;
    pixels[to] = limited(luma + ((RED_BY_CR * cr + HALF) >> SCALE_BITS));
    pixels[to + 1] = limited(luma + ((HALF - GREEN_BY_CB * cb - GREEN_BY_CR * cr) >> SCALE_BITS));
    pixels[to + 2] = limited(luma + ((BLUE_BY_CB * cb + HALF) >> SCALE_BITS));
  }

  private static byte limited(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << SCALE_BITS) + 0.5);
  }
}
