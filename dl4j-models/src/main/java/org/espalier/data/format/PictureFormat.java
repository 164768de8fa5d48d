package org.espalier.data.format;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The formats of pictures, each with the one reader that decodes it: what else the platform has or
 * finds on the class path never decides about pixels.
 */
enum PictureFormat {
  PNG,
  JPEG,
  BMP,
  GIF,
  TIFF,
  WEBP;

  /** For messages. */
  static final String NAMES = "PNG, JPEG, WebP, TIFF, GIF or BMP";

  private static final byte[] PNG_MARK = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  /** The format of a file, by its first bytes: names are often wrong. */
  static Optional<PictureFormat> of(byte[] bytes) {
    return Arrays.stream(values()).filter(format -> format.begins(bytes)).findFirst();
  }

  private boolean begins(byte[] bytes) {
    return switch (this) {
      case PNG -> startsWith(bytes, PNG_MARK);
      case JPEG -> startsWith(bytes, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff});
      case BMP -> startsWith(bytes, ascii("BM"));
      case GIF -> startsWith(bytes, ascii("GIF87a")) || startsWith(bytes, ascii("GIF89a"));
      case TIFF -> startsWith(bytes, ascii("II*\0")) || startsWith(bytes, ascii("MM\0*"));
      case WEBP ->
          startsWith(bytes, ascii("RIFF"))
              && bytes.length >= 12
              && Arrays.equals(bytes, 8, 12, ascii("WEBP"), 0, 4);
    };
  }

  /** A reader, to be disposed of. */
  ImageReader reader() throws IOException {
    return provider().createReaderInstance();
  }

  private ImageReaderSpi provider() {
    return switch (this) {
      case PNG -> ofPlatform("com.sun.imageio.plugins.png.PNGImageReaderSpi");
      case JPEG -> ofLibrary(JPEGImageReaderSpi.class, JPEGImageReaderSpi::new);
      case BMP -> ofPlatform("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");
      case GIF -> ofPlatform("com.sun.imageio.plugins.gif.GIFImageReaderSpi");
      case TIFF -> ofLibrary(TIFFImageReaderSpi.class, TIFFImageReaderSpi::new);
      case WEBP -> ofLibrary(WebPImageReaderSpi.class, WebPImageReaderSpi::new);
    };
  }

  private static boolean startsWith(byte[] bytes, byte[] mark) {
    return bytes.length >= mark.length
        && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Registered, since the library finds the platform's JPEG reader by the registry. */
  private static <P extends ImageReaderSpi> P ofLibrary(Class<P> type, Supplier<P> made) {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    P known = registry.getServiceProviderByClass(type);
    if (known != null) {
      return known;
    }
    registry.registerServiceProvider(made.get());
    return registry.getServiceProviderByClass(type);
  }

  private static ImageReaderSpi ofPlatform(String name) {
    Iterator<ImageReaderSpi> known =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (known.hasNext()) {
      ImageReaderSpi each = known.next();
      if (each.getClass().getName().equals(name)) {
        return each;
      }
    }
    throw new IllegalStateException("this Java has no " + name);
  }
}
