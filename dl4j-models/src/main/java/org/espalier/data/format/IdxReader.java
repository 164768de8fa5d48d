package org.espalier.data.format;

import java.util.Locale;
import java.util.function.Consumer;
import org.espalier.data.DataException;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.LabelledData;
import org.espalier.network.ImageShape;

/**
 * Reads the idx files of MNIST (LeCun, Cortes and Burges), Fashion-MNIST and EMNIST: big-endian
 * header of magic number and sizes, then unsigned bytes.
 */
final class IdxReader {
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;

  private final DatasetSettings.Idx settings;
  private final Consumer<String> remarks;

  IdxReader(DatasetSettings.Idx settings, Consumer<String> remarks) {
    this.settings = settings;
    this.remarks = remarks;
  }

  LabelledData read(DataPath folder) {
    folder.requireFolder("a folder with the four idx files");
    String prefix = settings.prefix();
    String test = prefix.isEmpty() ? "t10k" : prefix + "test";
    DataPath trainImages = file(folder, prefix + "train-images", "idx3-ubyte");
    DataPath trainLabels = file(folder, prefix + "train-labels", "idx1-ubyte");
    DataPath testImages = file(folder, test + "-images", "idx3-ubyte");
    DataPath testLabels = file(folder, test + "-labels", "idx1-ubyte");
    byte[] poolLabels = labels(trainLabels);
    byte[] officialLabels = labels(testLabels);
    LabelNames names =
        LabelNames.of(trainLabels.toString(), unsigned(poolLabels), settings.classNames(), remarks);
    check(names, testLabels, officialLabels);
    ImageDatasetBuilder builder;
    try (ByteReader reader = ByteReader.open(trainImages)) {
      builder =
          new ImageDatasetBuilder(
              header(reader, poolLabels.length, trainLabels),
              255,
              poolLabels.length + officialLabels.length);
      images(reader, poolLabels, builder);
    }
    try (ByteReader reader = ByteReader.open(testImages)) {
      ImageShape shape = header(reader, officialLabels.length, testLabels);
      if (!shape.equals(builder.shape())) {
        throw new DataException(
            reader.where(),
            "test images are %s, training images %s; expected one size"
                .formatted(shape, builder.shape()));
      }
      images(reader, officialLabels, builder);
    }
    int[] numbers = names.labels().stream().mapToInt(Integer::intValue).toArray();
    return new LabelledData(builder.build(names.names(), numbers), officialLabels.length);
  }

  /** Some unpackers make a dot of the hyphen before the type. */
  private static DataPath file(DataPath folder, String name, String type) {
    return folder.plainOrGzip(name + "-" + type, name + "." + type);
  }

  private static byte[] labels(DataPath file) {
    try (ByteReader reader = ByteReader.open(file)) {
      magic(reader, LABELS, "unsigned bytes in 1 dimension");
      int count = positive(reader, "number of labels", Integer.MAX_VALUE);
      byte[] labels = reader.readUpTo(count);
      if (labels.length < count) {
        throw new DataException(
            reader.where(),
            "ends at byte %s; its header promises %s labels, expected %s bytes"
                .formatted(reader.offset(), count, count + 8L));
      }
      reader.expectEnd(count + " labels");
      return labels;
    }
  }

  private ImageShape header(ByteReader reader, int labels, DataPath labelFile) {
    magic(reader, IMAGES, "unsigned bytes in 3 dimensions");
    int count = positive(reader, "number of images", Integer.MAX_VALUE);
    if (count != labels) {
      throw new DataException(
          reader.where(),
          "%s images, but %s has %s labels; expected as many".formatted(count, labelFile, labels));
    }
    int height = positive(reader, "rows", DatasetSettings.LARGEST_SIDE);
    int width = positive(reader, "columns", DatasetSettings.LARGEST_SIDE);
    return settings.transpose()
        ? new ImageShape(width, height, 1)
        : new ImageShape(height, width, 1);
  }

  private void images(ByteReader reader, byte[] labels, ImageDatasetBuilder builder) {
    ImageShape shape = builder.shape();
    byte[] image = new byte[shape.size()];
    byte[] turned = new byte[shape.size()];
    for (int i = 0; i < labels.length; i++) {
      reader.readFully(image, "image %s of %s".formatted(i + 1, labels.length));
      if (settings.transpose()) {
        transpose(image, shape, turned);
      }
      builder.add(Byte.toUnsignedInt(labels[i]), settings.transpose() ? turned : image);
    }
    reader.expectEnd(labels.length + " images");
  }

  private static void transpose(byte[] columns, ImageShape shape, byte[] rows) {
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        rows[row * shape.width() + column] = columns[column * shape.height() + row];
      }
    }
  }

  private static void magic(ByteReader reader, int expected, String meaning) {
    int magic = reader.readInt("the magic number");
    if (magic != expected) {
      throw new DataException(
          reader.where(),
          String.format(
              Locale.ROOT,
              "magic number 0x%08x at byte 0; expected 0x%08x (%s)",
              magic,
              expected,
              meaning));
    }
  }

  private static int positive(ByteReader reader, String what, int most) {
    long at = reader.offset();
    int value = reader.readInt("the " + what);
    if (value < 1 || value > most) {
      throw new DataException(
          reader.where(),
          "%s at byte %s is %s; expected 1..%s"
              .formatted(what, at, Integer.toUnsignedLong(value), most));
    }
    return value;
  }

  private static int[] unsigned(byte[] labels) {
    int[] numbers = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbers[i] = Byte.toUnsignedInt(labels[i]);
    }
    return numbers;
  }

  private static void check(LabelNames names, DataPath file, byte[] labels) {
    for (int i = 0; i < labels.length; i++) {
      names.check(file.toString(), "byte " + (8 + i), Byte.toUnsignedInt(labels[i]));
    }
  }
}
