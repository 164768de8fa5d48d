package org.espalier.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.LabelledData;
import org.espalier.network.ImageShape;
import org.espalier.storage.Archive;
import org.espalier.storage.ArchiveException;

/**
 * A data set in one file, called after its fingerprint: what executors fetch instead of reading the
 * original files again. The fingerprint is verified when it is read. Pixels of a file on a local
 * disk stay there: they are mapped into memory.
 *
 * <pre>
 * "ESPALPIX"  int64 bytes of the archive, little-endian
 * archive: shape, classes, largest value, sizes of the official parts; labels
 * pixels [size, height, width, channels], to the file's end
 * </pre>
 */
public final class PackedDataset {
  private static final String KIND = "images";
  private static final byte[] MAGIC = "ESPALPIX".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD_BYTES = MAGIC.length + Long.BYTES;
  private static final int PIECE_BYTES = 1 << 16;

  private PackedDataset() {}

  /**
   * Name of the file for a data set.
   *
   * @param fingerprint of the {@link LabelledData}
   */
  public static String fileName(String fingerprint) {
    return "data-" + fingerprint + ".espalier";
  }

  /**
   * Writes a data set, so that {@link #read} finds it in a file of {@link #fileName}. As often as
   * it is asked for, the same bytes.
   *
   * @param out receives them; not closed
   */
  public static void write(LabelledData data, OutputStream out) throws IOException {
    byte[] archive = archive(data).toBytes();
    out.write(MAGIC);
    out.write(littleEndian().putLong(0, archive.length).array());
    out.write(archive);
    try {
      writePixels(data.images(), out);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param folder URI or local path
   * @param fingerprint of the data wanted
   * @param configuration of the Hadoop file systems
   * @throws DataException if the file is missing, damaged or holds other data
   */
  public static LabelledData read(String folder, String fingerprint, Configuration configuration) {
    DataPath file = DataPath.of(folder, configuration).child(fileName(fingerprint));
    LabelledData data;
    try (InputStream in = new BufferedInputStream(file.open(), 1 << 16)) {
      data = read(file, in);
    } catch (ArchiveException damaged) {
      throw new DataException(file.toString(), damaged.getMessage(), damaged);
    } catch (IOException failure) {
      throw new DataException(file.toString(), "cannot be read: " + failure.getMessage(), failure);
    }
    if (!data.fingerprint().equals(fingerprint)) {
      throw new DataException(
          file.toString(), "holds data %s; expected %s".formatted(data.fingerprint(), fingerprint));
    }
    return data;
  }

  private static LabelledData read(DataPath file, InputStream in) throws IOException {
    String where = "packed data";
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new ArchiveException(where, "no packed data; expected it to start with ESPALPIX");
    }
    byte[] length = in.readNBytes(Long.BYTES);
    long claimed = length.length < Long.BYTES ? -1 : littleEndian().put(length).getLong(0);
    if (claimed < 0 || claimed > Archive.DEFAULT_MAX_BYTES) {
      throw new ArchiveException(
          where, "claims %s bytes of labels; damaged or cut short".formatted(claimed));
    }
    byte[] bytes = in.readNBytes((int) claimed);
    Archive archive = Archive.read(new ByteArrayInputStream(bytes), where).require(KIND);
    try {
      ImageDataset.Header header = header(archive.header());
      int[] labels = archive.ints("labels");
      long from = HEAD_BYTES + claimed;
      requireLength(where, file.length(), from + (long) labels.length * header.shape().size());
      Optional<Path> local = file.local();
      ImageDataset images =
          local.isPresent()
              ? mapped(local.get(), from, header, labels)
              : copied(in, header, labels);
      return new LabelledData(
          images,
          archive.header().has("officialValidation")
              ? number(archive.header(), "officialValidation")
              : 0,
          number(archive.header(), "officialTest"));
    } catch (IllegalArgumentException unfit) {
      throw new ArchiveException(where, unfit.getMessage());
    }
  }

  private static void requireLength(String where, long found, long expected) {
    if (found != expected) {
      throw new ArchiveException(
          where,
          "%s: expected %s bytes, found %s"
              .formatted(found < expected ? "cut short" : "more bytes follow", expected, found));
    }
  }

  private static ImageDataset mapped(Path file, long from, ImageDataset.Header header, int[] labels)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return ImageDataset.ofFile(header, labels, channel, from);
    }
  }

  private static ImageDataset copied(InputStream in, ImageDataset.Header header, int[] labels)
      throws IOException {
    ImageDatasetBuilder builder =
        new ImageDatasetBuilder(header.shape(), header.maxValue(), labels.length);
    byte[] image = new byte[header.shape().size()];
    for (int label : labels) {
      if (in.readNBytes(image, 0, image.length) < image.length) {
        throw new EOFException("it ended early");
      }
      builder.add(label, image);
    }
    return builder.build(header.classes(), 0);
  }

  private static void writePixels(ImageDataset images, OutputStream out) {
    byte[] piece = new byte[PIECE_BYTES];
    images.forEachPixels(
        pixels -> {
          try {
            while (pixels.hasRemaining()) {
              int count = Math.min(piece.length, pixels.remaining());
              pixels.get(piece, 0, count);
              out.write(piece, 0, count);
            }
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  private static Archive archive(LabelledData data) {
    ImageDataset images = data.images();
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("height", images.shape().height());
    header.put("width", images.shape().width());
    header.put("channels", images.shape().channels());
    header.put("maxValue", images.maxValue());
    if (data.officialValidation() > 0) {
      header.put("officialValidation", data.officialValidation());
    }
    header.put("officialTest", data.officialTest());
    ArrayNode classes = header.putArray("classes");
    images.classes().forEach(classes::add);
    return Archive.builder(KIND).header(header).ints("labels", images.labels()).build();
  }

  private static ImageDataset.Header header(ObjectNode header) {
    List<String> classes = new ArrayList<>();
    for (JsonNode name : header.path("classes")) {
      classes.add(name.asText());
    }
    return new ImageDataset.Header(
        new ImageShape(
            number(header, "height"), number(header, "width"), number(header, "channels")),
        classes,
        number(header, "maxValue"));
  }

  private static ByteBuffer littleEndian() {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int number(ObjectNode header, String key) {
    JsonNode value = header.path(key);
    if (!value.isInt()) {
      throw new IllegalArgumentException("the header has no whole number '" + key + "'");
    }
    return value.intValue();
  }
}
