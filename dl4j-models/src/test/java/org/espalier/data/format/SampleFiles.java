package org.espalier.data.format;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.espalier.data.LabelledData;

/** Small sound files of every format, for tests to read or to damage. */
final class SampleFiles {
  private SampleFiles() {}

  /** Writes a file, with the folders above it. */
  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Path write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return packed.toByteArray();
  }

  /** Pixel {@code i} of image {@code n} is {@code 10 * n + i}. */
  static byte[] idxImages(int count, int rows, int columns) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * rows * columns);
    bytes.putInt(0x0803).putInt(count).putInt(rows).putInt(columns);
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < rows * columns; i++) {
        bytes.put((byte) (10 * n + i));
      }
    }
    return bytes.array();
  }

  static byte[] idxLabels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
    bytes.putInt(0x0801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  /** Three training images 2 x 3 of classes 0, 1, 1 and two test images of classes 1, 0. */
  static Path idxFolder(Path folder) {
    write(folder.resolve("train-images-idx3-ubyte"), idxImages(3, 2, 3));
    write(folder.resolve("train-labels-idx1-ubyte"), idxLabels(0, 1, 1));
    write(folder.resolve("t10k-images-idx3-ubyte"), idxImages(2, 2, 3));
    write(folder.resolve("t10k-labels-idx1-ubyte"), idxLabels(1, 0));
    return folder;
  }

  /** Records of CIFAR: the labels given, red planes of 1, green of 2, blue of 3. */
  static byte[] cifar(int labelBytes, int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(labels.length * (labelBytes + 3072));
    for (int label : labels) {
      bytes.put(new byte[labelBytes - 1]).put((byte) label);
      for (int channel = 1; channel <= 3; channel++) {
        byte[] plane = new byte[1024];
        Arrays.fill(plane, (byte) channel);
        bytes.put(plane);
      }
    }
    return bytes.array();
  }

  /** CIFAR-10 with one training image of each class, two a file, and three test images. */
  static Path cifarFolder(Path folder) {
    for (int batch = 1; batch <= 5; batch++) {
      write(
          folder.resolve("data_batch_" + batch + ".bin"),
          cifar(1, 2 * (batch - 1), 2 * (batch - 1) + 1));
    }
    write(folder.resolve("test_batch.bin"), cifar(1, 9, 0, 5));
    return folder;
  }

  /** A picture of one grey value. */
  static byte[] picture(String format, int height, int width, int grey) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
      }
    }
    return encode(image, format);
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  /** Two classes, three pictures of 4 x 6 pixels. */
  static Path imageFolder(Path folder) {
    write(folder.resolve("apple/1.png"), picture("png", 4, 6, 10));
    write(folder.resolve("apple/2.BMP"), picture("bmp", 4, 6, 20));
    write(folder.resolve("pear/a.jpg"), picture("jpg", 4, 6, 200));
    return folder;
  }

  /** A 1-bit drawing, white but for one black pixel. */
  static byte[] drawing(int side, int blackRow, int blackColumn) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, y == blackRow && x == blackColumn ? 0 : 0xffffff);
      }
    }
    return encode(image, "png");
  }

  /** Two alphabets, three characters, two drawings of 6 x 6 pixels each. */
  static Map<String, byte[]> drawings() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    int n = 0;
    for (String character : new String[] {"Latin/c02", "Greek/c01", "Latin/c01"}) {
      for (int drawing = 1; drawing <= 2; drawing++) {
        entries.put("set/" + character + "/" + drawing + ".png", drawing(6, n, drawing));
      }
      n++;
    }
    return entries;
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  /** The file of a packed data set in a folder. */
  static Path packed(LabelledData data, Path folder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PackedDataset.write(data, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return write(folder.resolve(PackedDataset.fileName(data.fingerprint())), bytes.toByteArray());
  }
}
