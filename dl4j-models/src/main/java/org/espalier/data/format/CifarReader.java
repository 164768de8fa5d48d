package org.espalier.data.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.data.DataException;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.LabelledData;
import org.espalier.network.ImageShape;

/**
 * Reads the binary files of CIFAR-10 and CIFAR-100 (Krizhevsky, 2009): records of one or two label
 * bytes and 3,072 bytes of pixels, {@code [channels, height, width]}.
 */
final class CifarReader {
  private static final ImageShape SHAPE = new ImageShape(32, 32, 3);
  private static final int PLANE = 32 * 32;
  private static final int MOST_TEXT = 1 << 16;

  private final Layout layout;

  private CifarReader(Layout layout) {
    this.layout = layout;
  }

  /** What differs between the two sets. */
  private record Layout(
      List<String> training, String test, String names, int classes, int labelBytes) {}

  static CifarReader ten() {
    List<String> batches =
        IntStream.rangeClosed(1, 5).mapToObj("data_batch_%d.bin"::formatted).toList();
    return new CifarReader(new Layout(batches, "test_batch.bin", "batches.meta.txt", 10, 1));
  }

  /** CIFAR-100 by its fine labels, which stand behind the coarse ones. */
  static CifarReader hundred() {
    return new CifarReader(
        new Layout(List.of("train.bin"), "test.bin", "fine_label_names.txt", 100, 2));
  }

  LabelledData read(DataPath folder) {
    folder.requireFolder("a folder with " + layout.training().get(0) + ", " + layout.test());
    List<DataPath> training = layout.training().stream().map(folder::plainOrGzip).toList();
    DataPath test = folder.plainOrGzip(layout.test());
    List<String> names = names(folder);
    long bytes = test.length();
    for (DataPath file : training) {
      bytes += file.length();
    }
    ImageDatasetBuilder builder =
        new ImageDatasetBuilder(SHAPE, 255, (int) Math.min(bytes / SHAPE.size(), 1 << 20));
    training.forEach(file -> append(file, builder));
    int pool = builder.size();
    append(test, builder);
    int official = builder.size() - pool;
    return new LabelledData(builder.build(names, 0), official);
  }

  private void append(DataPath file, ImageDatasetBuilder builder) {
    byte[] labels = new byte[layout.labelBytes()];
    byte[] planes = new byte[SHAPE.size()];
    byte[] image = new byte[SHAPE.size()];
    try (ByteReader reader = ByteReader.open(file)) {
      for (int record = 1; record == 1 || !reader.atEnd(); record++) {
        reader.readFully(labels, "record " + record);
        int label = Byte.toUnsignedInt(labels[labels.length - 1]);
        if (label >= layout.classes()) {
          throw new DataException(
              reader.where(),
              "label %s at byte %s out of range; expected 0..%s"
                  .formatted(label, reader.offset() - 1, layout.classes() - 1));
        }
        reader.readFully(planes, "record " + record);
        interleave(planes, image);
        builder.add(label, image);
      }
    }
  }

  /** From {@code [channels, height, width]} to {@code [height, width, channels]}. */
  private static void interleave(byte[] planes, byte[] image) {
    for (int channel = 0; channel < SHAPE.channels(); channel++) {
      for (int i = 0; i < PLANE; i++) {
        image[i * SHAPE.channels() + channel] = planes[channel * PLANE + i];
      }
    }
  }

  private List<String> names(DataPath folder) {
    DataPath file = folder.child(layout.names());
    if (!file.exists()) {
      return IntStream.range(0, layout.classes()).mapToObj(Integer::toString).toList();
    }
    try (ByteReader reader = ByteReader.open(file)) {
      String text = new String(reader.readUpTo(MOST_TEXT), StandardCharsets.UTF_8);
      reader.expectEnd("the class names");
      List<String> names = text.lines().map(String::strip).filter(n -> !n.isEmpty()).toList();
      if (names.size() != layout.classes()) {
        throw new DataException(
            reader.where(),
            "%s class names; expected %s".formatted(names.size(), layout.classes()));
      }
      return names;
    }
  }
}
