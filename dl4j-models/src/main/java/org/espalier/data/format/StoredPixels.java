package org.espalier.data.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import org.espalier.data.DataException;

/**
 * Takes pixels from Java's images as they were stored: {@code getRGB} would bend grey values, which
 * Java takes for linear, and apply colour profiles. Values of 16 bits are reduced to their upper 8.
 */
final class StoredPixels {
  private final BufferedImage image;
  private final int type;
  private final boolean alpha;
  private final int colours;

  private StoredPixels(BufferedImage image) {
    this.image = image;
    ColorModel model = image.getColorModel();
    this.type = model.getColorSpace().getType();
    this.alpha = model.hasAlpha();
    this.colours = model.getNumColorComponents();
  }

  /**
   * Grey of one channel or colour of three.
   *
   * @param where file or entry
   * @param image decoded
   * @throws DataException if it has values of other sizes or meanings than pictures have
   */
  static DecodedPicture of(String where, BufferedImage image) {
    if (!(image.getColorModel() instanceof ComponentColorModel)) {
      // A palette, or bits of a word: both mean sRGB.
      return new StoredPixels(image).converted();
    }
    StoredPixels stored = new StoredPixels(image);
    int bytes = image.getRaster().getTransferType();
    boolean known = bytes == DataBuffer.TYPE_BYTE || bytes == DataBuffer.TYPE_USHORT;
    return switch (known ? stored.type : -1) {
      case ColorSpace.TYPE_GRAY -> stored.components(1);
      case ColorSpace.TYPE_RGB, ColorSpace.TYPE_CMYK -> stored.components(3);
      default ->
          throw new DataException(
              where,
              "picture of %s components of %s bits; expected grey, RGB or CMYK of 8 or 16 bits"
                  .formatted(
                      image.getRaster().getNumBands(), image.getColorModel().getComponentSize(0)));
    };
  }

  private DecodedPicture components(int channels) {
    Raster raster = image.getRaster();
    int height = image.getHeight();
    int width = image.getWidth();
    int bands = raster.getNumBands();
    int excessBits = raster.getTransferType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    int[] row = new int[width * bands];
    byte[] pixels = new byte[Math.multiplyExact(height * width, channels)];
    int next = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int from = x * bands;
        int opaque = alpha ? row[from + colours] >> excessBits : 255;
        for (int c = 0; c < channels; c++) {
          int value = row[from + c] >> excessBits;
          int seen =
              type == ColorSpace.TYPE_CMYK
                  ? Ink.onPaper(255 - value, 255 - (row[from + 3] >> excessBits))
                  : value;
          pixels[next++] = (byte) onWhite(seen, opaque);
        }
      }
    }
    return new DecodedPicture(height, width, channels, pixels);
  }

  private DecodedPicture converted() {
    int height = image.getHeight();
    int width = image.getWidth();
    int[] row = new int[width];
    byte[] pixels = new byte[Math.multiplyExact(height * width, 3)];
    int next = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        int opaque = argb >>> 24;
        pixels[next++] = (byte) onWhite((argb >> 16) & 255, opaque);
        pixels[next++] = (byte) onWhite((argb >> 8) & 255, opaque);
        pixels[next++] = (byte) onWhite(argb & 255, opaque);
      }
    }
    return new DecodedPicture(height, width, 3, pixels);
  }

  private static int onWhite(int value, int opaque) {
    return (value * opaque + 255 * (255 - opaque) + 127) / 255;
  }
}
