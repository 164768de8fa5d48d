package org.espalier.job;

import java.util.random.RandomGenerator;
import org.espalier.data.ImageDataset;
import org.espalier.data.Normalization;
import org.espalier.export.ProofImages;
import org.espalier.network.ImageShape;
import org.espalier.tensor.Seeds;

/** Plain pixels on which exports are compared with our own network, and where they are from. */
final class ProofPixels {
  /** Where they are from if the data are there. */
  static final String TEST_PART = "the test part of the data";

  private static final double DEVIATIONS = StrictMath.sqrt(3);

  private final float[] values;
  private final String origin;

  private ProofPixels(float[] values, String origin) {
    this.values = values;
    this.origin = origin;
  }

  /**
   * The first images of a part of the data.
   *
   * @param part at least one image
   * @param origin what part that is, for people
   * @param most images, at least 1
   */
  static ProofPixels of(DataPart part, String origin, int most) {
    ImageDataset images = part.images();
    int[] examples = part.examples();
    int size = images.shape().size();
    int count = Math.min(count(images.shape(), most), examples.length);
    float[] values = new float[Math.multiplyExact(count, size)];
    byte[] image = new byte[size];
    for (int i = 0; i < count; i++) {
      images.read(examples[i], image);
      for (int p = 0; p < size; p++) {
        values[i * size + p] = Byte.toUnsignedInt(image[p]);
      }
    }
    return new ProofPixels(values, origin);
  }

  /**
   * Images that are drawn where there are none: patches of even values, of 1, 2, 4 and more pixels
   * a side from image to image, so that what the network says of them differs. Values have the mean
   * and deviation that the network was trained with, are whole, and go from 0 to the largest value
   * of a pixel.
   *
   * @param network that is to be proved
   * @param count of images, at least 1; fewer of large ones
   * @param seed of what is drawn
   */
  static ProofPixels drawn(FinalNetwork network, int count, long seed) {
    RandomGenerator random = Seeds.generator(seed);
    ImageShape shape = network.spec().input();
    float[] values = new float[Math.multiplyExact(count(shape, count), shape.size())];
    int patch = 1;
    for (int from = 0; from < values.length; from += shape.size()) {
      draw(network, patch, random, values, from);
      patch = patch < Math.max(shape.height(), shape.width()) ? 2 * patch : 1;
    }
    return new ProofPixels(
        values, "images that were drawn in the range of the input, with seed " + seed);
  }

  private static void draw(
      FinalNetwork network, int patch, RandomGenerator random, float[] values, int from) {
    ImageShape shape = network.spec().input();
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int at = from + (row * shape.width() + column) * shape.channels();
        int corner =
            from
                + ((row - row % patch) * shape.width() + column - column % patch)
                    * shape.channels();
        for (int channel = 0; channel < shape.channels(); channel++) {
          values[at + channel] =
              at == corner ? pixel(network, channel, random) : values[corner + channel];
        }
      }
    }
  }

  // Uniform within sqrt(3) deviations of the mean, which has that deviation.
  private static float pixel(FinalNetwork network, int channel, RandomGenerator random) {
    Normalization normalization = network.normalization();
    double offset = DEVIATIONS * (2 * random.nextDouble() - 1);
    double value =
        normalization.mean().get(channel) + offset * normalization.deviation().get(channel);
    return Math.round(Math.max(0, Math.min(1, value)) * network.maxValue());
  }

  private static int count(ImageShape shape, int most) {
    return Math.min(most, Math.max(1, ProofImages.MOST_VALUES / shape.size()));
  }

  /** {@code [count, height, width, channels]}; not to be written to. */
  float[] values() {
    return values;
  }

  /** Where they are from, for people. */
  String origin() {
    return origin;
  }
}
