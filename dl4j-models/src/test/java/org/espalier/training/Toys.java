package org.espalier.training;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpec.Node;
import org.espalier.network.ReadyMade;
import org.espalier.tensor.Seeds;

/** Small networks and data whose answers are known. */
final class Toys {
  static final ImageShape POINT = new ImageShape(1, 1, 2);
  static final ImageShape SQUARE = new ImageShape(5, 5, 1);

  private Toys() {}

  /** Softmax regression on two values: weights [2, 2], then 2 biases. */
  static NetworkSpec regression() {
    return new NetworkSpec(
        "regression",
        POINT,
        List.of(
            new Node("pool", new Layer.GlobalAveragePooling(), List.of(NetworkSpec.INPUT)),
            new Node("linear", new Layer.Linear(2, true), List.of("pool"))));
  }

  /** Two convolutions with batch norm for three classes of 5x5 images. */
  static NetworkSpec convolutions() {
    return ReadyMade.plain(SQUARE, 3, List.of(4, 6), List.of(1, 2));
  }

  /** Points of two classes that overlap, so that the loss has a minimum. */
  static TrainingData points(int size) {
    RandomGenerator random = Seeds.generator(11);
    ImageDatasetBuilder builder = new ImageDatasetBuilder(POINT, 255, size);
    for (int i = 0; i < size; i++) {
      int label = i % 2;
      byte[] image = {(byte) (random.nextInt(160) + 90 * label), (byte) random.nextInt(256)};
      builder.add(label, image);
    }
    ImageDataset images = builder.build(List.of("a", "b"), 0);
    return new TrainingData(images, range(0, size), new int[0], halves());
  }

  /** Noisy 5x5 images with a bright row that tells the class; the last {@code validation} apart. */
  static TrainingData rows(int training, int validation) {
    RandomGenerator random = Seeds.generator(12);
    int size = training + validation;
    ImageDatasetBuilder builder = new ImageDatasetBuilder(SQUARE, 255, size);
    for (int i = 0; i < size; i++) {
      byte[] image = new byte[25];
      random.nextBytes(image);
      int label = random.nextInt(3);
      for (int x = 0; x < 5; x++) {
        image[(label + 1) * 5 + x] = (byte) (120 + random.nextInt(136));
      }
      builder.add(label, image);
    }
    ImageDataset images = builder.build(List.of("high", "middle", "low"), 0);
    return new TrainingData(
        images,
        range(0, training),
        range(training, size),
        Normalization.of(images, range(0, size)));
  }

  /** Pixel 0 becomes -1, pixel 255 becomes 1. */
  private static Normalization halves() {
    return new Normalization(List.of(0.5, 0.5), List.of(0.5, 0.5));
  }

  /** Plain gradient descent without any of the extras. */
  static TrainingSettings descent(int epochs, int batchSize, double rate, double momentum) {
    return new TrainingSettings(
        epochs,
        batchSize,
        new Optimiser.Sgd(rate, momentum),
        new Schedule.Constant(0.0),
        Regularisation.none(),
        null,
        null);
  }

  static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
