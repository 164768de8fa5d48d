package org.espalier.bench;

import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;

/** A batch of random images, the same in every step. */
final class RandomImages {
  private static final long SEED = 2;

  final Shape shape;
  final float[] images;
  final int[] labels;

  /**
   * A batch.
   *
   * @param shape {@code [batch, height, width, channels]}
   * @param classes that labels take turns at
   */
  RandomImages(Shape shape, int classes) {
    this.shape = shape;
    var random = Seeds.generator(SEED);
    images = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    labels = new int[shape.dimension(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % classes;
    }
  }
}
