package org.espalier.search.width;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.data.Batch;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.space.Choice;
import org.espalier.search.space.WidthSpace;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.espalier.training.TrainingData;

/** Small spaces and data for supernets. */
final class Spaces {
  static final ImageShape IMAGE = new ImageShape(6, 6, 2);
  static final int CLASSES = 3;

  private Spaces() {}

  /** Every layer of a family with the same candidates. */
  static WidthSpace of(Family family, Integer... widths) {
    List<Choice> choices = new ArrayList<>();
    for (int position = 0; position < family.usualWidths().size(); position++) {
      choices.add(new Choice("width" + position, List.of(position), List.of(widths)));
    }
    return new WidthSpace(family, IMAGE, CLASSES, choices);
  }

  /** The same pick for every choice. */
  static List<Integer> picks(WidthSpace space, int pick) {
    return IntStream.range(0, space.choices().size()).mapToObj(choice -> pick).toList();
  }

  /** Picks that change from choice to choice. */
  static List<Integer> mixedPicks(WidthSpace space, int shift) {
    return IntStream.range(0, space.choices().size())
        .mapToObj(choice -> (choice * 7 + shift) % space.choices().get(choice).widths().size())
        .toList();
  }

  /** First values in which scales and shifts differ from channel to channel. */
  static Floats unusual(MetaLayout layout) {
    float[] values = layout.initial(5);
    RandomGenerator random = Seeds.generator(6);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.1 * (random.nextDouble() - 0.5));
    }
    return Floats.of(values);
  }

  /** Images {@code [size, 6, 6, 2]}. */
  static float[] images(int size) {
    RandomGenerator random = Seeds.generator(3, size);
    float[] images = new float[size * IMAGE.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) (2 * random.nextDouble() - 1);
    }
    return images;
  }

  /** The same images with their labels. */
  static Batch batch(int size) {
    return Batch.of(IMAGE, images(size), labels(size));
  }

  static int[] labels(int size) {
    return IntStream.range(0, size).map(i -> (i * i + 1) % CLASSES).toArray();
  }

  /** Noise brighter in channel 0, in channel 1 or in none; the last {@code validation} apart. */
  static TrainingData tinted(int training, int validation) {
    RandomGenerator random = Seeds.generator(12);
    int size = training + validation;
    ImageDatasetBuilder builder = new ImageDatasetBuilder(IMAGE, 255, size);
    for (int i = 0; i < size; i++) {
      byte[] image = new byte[IMAGE.size()];
      int label = random.nextInt(CLASSES);
      for (int p = 0; p < image.length; p++) {
        image[p] = (byte) (random.nextInt(180) + (p % 2 == label ? 70 : 0));
      }
      builder.add(label, image);
    }
    ImageDataset images = builder.build(List.of("zero", "one", "none"), 0);
    return new TrainingData(
        images,
        IntStream.range(0, training).toArray(),
        IntStream.range(training, size).toArray(),
        Normalization.of(images, IntStream.range(0, training).toArray()));
  }
}
