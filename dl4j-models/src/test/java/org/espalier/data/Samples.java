package org.espalier.data;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.network.ImageShape;

/** Small data sets made in memory. */
final class Samples {
  private Samples() {}

  /** Random images whose label is their number modulo the classes. */
  static ImageDataset random(ImageShape shape, int size, int classes, RandomGenerator random) {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(shape, 255, size);
    for (int i = 0; i < size; i++) {
      byte[] image = new byte[shape.size()];
      random.nextBytes(image);
      builder.add(i % classes, image);
    }
    return builder.build(names(classes), 0);
  }

  /** Images [1, 1, 1] of the values given, of one class. */
  static ImageDataset ofValues(int maxValue, int... values) {
    ImageDatasetBuilder builder =
        new ImageDatasetBuilder(new ImageShape(1, 1, 1), maxValue, values.length);
    for (int value : values) {
      builder.add(0, new byte[] {(byte) value});
    }
    return builder.build(names(1), 0);
  }

  static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
  }
}
