package org.espalier.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * original files again. Both the file's own hash and the fingerprint are verified when it is read.
 */
public final class PackedDataset {
  private static final String KIND = "images";
  private static final long MOST_BYTES = 1L << 32;

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
   * Reads a file that holds {@link #archive}.
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
      data = unpack(Archive.read(in, "packed data", MOST_BYTES).require(KIND));
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

  /** What the file of a data set holds. */
  public static Archive archive(LabelledData data) {
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
    byte[] pixels = new byte[images.pixels().remaining()];
    images.pixels().get(pixels);
    return Archive.builder(KIND)
        .header(header)
        .ints("labels", images.labels())
        .bytes("pixels", pixels)
        .build();
  }

  private static LabelledData unpack(Archive archive) {
    ObjectNode header = archive.header();
    int[] labels = archive.ints("labels");
    byte[] pixels = archive.bytes("pixels");
    try {
      ImageShape shape =
          new ImageShape(
              number(header, "height"), number(header, "width"), number(header, "channels"));
      if (pixels.length != (long) labels.length * shape.size()) {
        throw new IllegalArgumentException(
            "%d bytes of pixels for %d images %s".formatted(pixels.length, labels.length, shape));
      }
      ImageDatasetBuilder builder =
          new ImageDatasetBuilder(shape, number(header, "maxValue"), labels.length);
      for (int i = 0; i < labels.length; i++) {
        builder.add(
            labels[i], Arrays.copyOfRange(pixels, i * shape.size(), (i + 1) * shape.size()));
      }
      List<String> classes = new ArrayList<>();
      for (JsonNode name : header.path("classes")) {
        classes.add(name.asText());
      }
      return new LabelledData(
          builder.build(classes, 0),
          header.has("officialValidation") ? number(header, "officialValidation") : 0,
          number(header, "officialTest"));
    } catch (IllegalArgumentException unfit) {
      throw new ArchiveException(archive.where(), unfit.getMessage());
    }
  }

  private static int number(ObjectNode header, String key) {
    JsonNode value = header.path(key);
    if (!value.isInt()) {
      throw new IllegalArgumentException("the header has no whole number '" + key + "'");
    }
    return value.intValue();
  }
}
