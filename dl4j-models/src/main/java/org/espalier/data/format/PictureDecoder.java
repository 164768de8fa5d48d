package org.espalier.data.format;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.espalier.data.DataException;

/**
 * Decodes pictures to the values that are stored in them, as Pillow does: embedded colour profiles
 * and gamma are not applied, the orientation of EXIF is, and the first of several frames or pages
 * counts. Colour becomes grey by the weights of ITU-R BT.601; what is transparent is laid on white.
 *
 * @param channels 1 or 3
 * @param maxPixels most pixels of a picture, checked before its pixels are decoded
 */
record PictureDecoder(int channels, int maxPixels) {
  /** Larger files are no pictures. */
  static final int MOST_FILE_BYTES = 1 << 28;

  /**
   * Decodes one picture.
   *
   * @param where file or entry
   * @param bytes of the file
   * @throws DataException if it is of no known format, too large, damaged or cut off
   */
  DecodedPicture decode(String where, byte[] bytes) {
    PictureFormat format =
        PictureFormat.of(bytes)
            .orElseThrow(
                () -> new DataException(where, "not a picture; expected " + PictureFormat.NAMES));
    if (format == PictureFormat.PNG) {
      PngFile.check(where, bytes);
    }
    byte[] stored = format == PictureFormat.WEBP ? WebpFile.withoutProfile(bytes) : bytes;
    try (ImageInputStream stream = new ByteArrayImageInputStream(stored)) {
      ImageReader reader = format.reader();
      try {
        reader.setInput(stream, false, format != PictureFormat.GIF);
        DecodedPicture picture = read(where, format, reader, bytes);
        return picture.withChannels(channels).upright(Orientation.of(format, bytes));
      } finally {
        reader.dispose();
      }
    } catch (DataException known) {
      throw known;
    } catch (IOException | RuntimeException damaged) {
      // Readers answer damaged files with all kinds of runtime exceptions.
      throw new DataException(
          where,
          "damaged or cut-off picture%s; expected a readable %s"
              .formatted(reason(damaged), PictureFormat.NAMES),
          damaged);
    }
  }

  /** In brackets, if the reader says more than the name of a class. */
  private static String reason(Exception damaged) {
    if (damaged instanceof EOFException) {
      return " (it ends too early)";
    }
    return damaged.getMessage() == null ? "" : " (%s)".formatted(damaged.getMessage());
  }

  private DecodedPicture read(String where, PictureFormat format, ImageReader reader, byte[] bytes)
      throws IOException {
    checkSize(where, reader.getHeight(0), reader.getWidth(0));
    return switch (format) {
      case JPEG -> jpeg(where, reader, bytes);
      case GIF -> gif(where, reader);
      case WEBP -> webp(where, reader, bytes);
      default -> StoredPixels.of(where, reader.read(0));
    };
  }

  private DecodedPicture gif(String where, ImageReader reader) throws IOException {
    GifScreen screen = GifScreen.of(reader);
    checkSize(where, screen.height(), screen.width());
    return StoredPixels.of(where, reader.read(0))
        .placed(screen.height(), screen.width(), screen.top(), screen.left());
  }

  private DecodedPicture webp(String where, ImageReader reader, byte[] bytes) throws IOException {
    WebpFile file = WebpFile.of(bytes);
    checkSize(where, file.height(), file.width());
    DecodedPicture frame;
    if (file.lossy().isEmpty()) {
      frame = StoredPixels.of(where, reader.read(0));
    } else {
      frame = LossyWebp.decode(bytes, file.lossy().get());
      if (file.transparent()) {
        frame = StoredPixels.of(where, frame.colouring(reader.read(0)));
      }
    }
    return frame.placed(
        Math.max(file.height(), frame.height()),
        Math.max(file.width(), frame.width()),
        file.top(),
        file.left());
  }

  private void checkSize(String where, long height, long width) {
    if (height * width > maxPixels) {
      throw new DataException(
          where,
          "picture of %s x %s pixels; expected at most %s pixels"
              .formatted(height, width, maxPixels));
    }
  }

  /** The JPEG reader fills what is missing with grey and only warns. */
  private static DecodedPicture jpeg(String where, ImageReader reader, byte[] bytes)
      throws IOException {
    JpegColour colour = JpegColour.of(where, bytes);
    List<String> losses = new ArrayList<>();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (isLoss(warning)) {
            losses.add(warning);
          }
        });
    Raster components = reader.readRaster(0, null);
    if (!losses.isEmpty()) {
      throw new DataException(where, "damaged or cut-off picture (%s)".formatted(losses.get(0)));
    }
    return colour.convert(components);
  }

  private static boolean isLoss(String warning) {
    // libjpeg passes over bytes between the picture and a marker, and so do all its users.
    return !warning.contains("extraneous bytes before marker")
        && (warning.startsWith("Corrupt JPEG")
            || warning.startsWith("Premature end")
            || warning.startsWith("Truncated"));
  }
}
