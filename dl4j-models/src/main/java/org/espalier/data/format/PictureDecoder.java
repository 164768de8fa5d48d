package org.espalier.data.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.espalier.data.DataException;

/**
 * Decodes PNG, JPEG and BMP with the readers of the Java platform. Colour becomes grey by the
 * weights of ITU-R BT.601; what is transparent is laid on white.
 *
 * @param channels 1 or 3
 * @param maxPixels most pixels of a picture, checked before its pixels are decoded
 */
record PictureDecoder(int channels, int maxPixels) {
  private static final Set<String> KNOWN = Set.of("png", "jpeg", "bmp");

  /**
   * Decodes one picture.
   *
   * @param where file or entry
   * @param bytes of the file
   * @throws DataException if it is none of the three formats, too large, damaged or cut off
   */
  DecodedPicture decode(String where, byte[] bytes) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(where, stream);
      try {
        return pixels(read(where, reader, stream));
      } finally {
        reader.dispose();
      }
    } catch (DataException known) {
      throw known;
    } catch (IOException | RuntimeException damaged) {
      // The platform's readers answer damaged files with all kinds of runtime exceptions.
      throw new DataException(
          where,
          "damaged or cut-off picture (%s); expected a readable PNG, JPEG or BMP"
              .formatted(reason(damaged)),
          damaged);
    }
  }

  private static String reason(Exception damaged) {
    return damaged.getMessage() == null ? damaged.getClass().getSimpleName() : damaged.getMessage();
  }

  private static ImageReader reader(String where, ImageInputStream stream) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (KNOWN.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new DataException(where, "not a picture; expected PNG, JPEG or BMP");
  }

  private BufferedImage read(String where, ImageReader reader, ImageInputStream stream)
      throws IOException {
    reader.setInput(stream, true, true);
    long height = reader.getHeight(0);
    long width = reader.getWidth(0);
    if (height * width > maxPixels) {
      throw new DataException(
          where,
          "picture of %d x %d pixels; expected at most %d pixels"
              .formatted(height, width, maxPixels));
    }
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          // The JPEG reader fills what is missing with grey and only warns.
          if (warning.startsWith("Premature end") || warning.startsWith("Corrupt JPEG")) {
            throw new DataException(where, "damaged or cut-off picture (" + warning + ")");
          }
        });
    return reader.read(0);
  }

  private DecodedPicture pixels(BufferedImage image) {
    boolean greyBytes =
        image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !image.getColorModel().hasAlpha();
    return greyBytes ? grey(image) : colour(image);
  }

  /** Takes grey values as stored: getRGB would bend them, since Java takes them for linear. */
  private DecodedPicture grey(BufferedImage image) {
    Raster raster = image.getRaster();
    int height = image.getHeight();
    int width = image.getWidth();
    int excessBits = Math.max(0, image.getColorModel().getComponentSize(0) - 8);
    int[] row = new int[width];
    byte[] pixels = new byte[height * width * channels];
    int next = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          pixels[next++] = (byte) (row[x] >> excessBits);
        }
      }
    }
    return new DecodedPicture(height, width, channels, pixels);
  }

  private DecodedPicture colour(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    int[] row = new int[width];
    byte[] pixels = new byte[height * width * channels];
    int next = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        int alpha = argb >>> 24;
        int red = onWhite(argb >> 16 & 255, alpha);
        int green = onWhite(argb >> 8 & 255, alpha);
        int blue = onWhite(argb & 255, alpha);
        if (channels == 1) {
          pixels[next++] = (byte) ((77 * red + 150 * green + 29 * blue + 128) >> 8);
        } else {
          pixels[next++] = (byte) red;
          pixels[next++] = (byte) green;
          pixels[next++] = (byte) blue;
        }
      }
    }
    return new DecodedPicture(height, width, channels, pixels);
  }

  private static int onWhite(int value, int alpha) {
    return (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }
}
