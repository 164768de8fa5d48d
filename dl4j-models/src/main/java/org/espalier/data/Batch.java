package org.espalier.data;

import org.espalier.network.ImageShape;

/**
 * Some images and their labels. The arrays are exactly as long as the batch; they belong to the
 * source, which overwrites them for the next batch.
 */
public final class Batch {
  private final ImageShape shape;
  private final float[] images;
  private final int[] labels;
  private final int[] examples;

  Batch(ImageShape shape, int size) {
    this.shape = shape;
    this.images = new float[Math.multiplyExact(size, shape.size())];
    this.labels = new int[size];
    this.examples = new int[size];
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
