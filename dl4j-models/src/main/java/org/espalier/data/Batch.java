package org.espalier.data;

import java.util.stream.IntStream;
import org.espalier.network.ImageShape;

/**
 * Some images and their labels. The arrays are exactly as long as the batch; they belong to the
 * source, which overwrites them for the next batch.
 */
public final class Batch {
  /** 64 MB of float32, which are 111 images of 224x224 in colours. */
  private static final int MOST_VALUES = 1 << 24;

  private final ImageShape shape;
  private final float[] images;
  private final int[] labels;
  private final int[] examples;

  /**
   * How many images are evaluated at once: of large ones fewer, so that they do not fill the heap.
   *
   * @param most images, at least 1
   */
  public static int evaluated(ImageShape shape, int most) {
    return Math.max(1, Math.min(most, MOST_VALUES / shape.size()));
  }

  Batch(ImageShape shape, int size) {
    this(shape, new float[Math.multiplyExact(size, shape.size())], new int[size], new int[size]);
  }

  private Batch(ImageShape shape, float[] images, int[] labels, int[] examples) {
    this.shape = shape;
    this.images = images;
    this.labels = labels;
    this.examples = examples;
  }

  /**
   * A batch of images at hand, which are not copied; their numbers count from 0.
   *
   * @param images {@code [labels, height, width, channels]}, one after the other
   * @param labels their classes
   */
  public static Batch of(ImageShape shape, float[] images, int... labels) {
    if (images.length != Math.multiplyExact(labels.length, shape.size())) {
      throw new IllegalArgumentException(
          "%s images %s cannot have %s values".formatted(labels.length, shape, images.length));
    }
    return new Batch(shape, images, labels, IntStream.range(0, labels.length).toArray());
  }

  /** How many images. */
  public int size() {
    return labels.length;
  }

  /** Shape of each image, {@code [height, width, channels]}. */
  public ImageShape shape() {
    return shape;
  }

  /** Normalised images, {@code [size, height, width, channels]}; not a copy. */
  public float[] images() {
    return images;
  }

  /** Class of each image; not a copy. */
  public int[] labels() {
    return labels;
  }

  /** Number of each image in the data set; not a copy. */
  public int[] examples() {
    return examples;
  }
}
