package org.espalier.search.supernet;

/** What each image of a batch costs a network, and how their mean changes with the pixels. */
public final class ImageLosses {
  private final double[] losses;
  private final float[] slopes;

  /**
   * Losses; the arrays are not copied.
   *
   * @param losses in nats, one an image
   * @param slopes derivative of their mean by each value of the images; none if nobody asks
   */
  ImageLosses(double[] losses, float[] slopes) {
    this.losses = losses;
    this.slopes = slopes;
  }

  /** The loss of one image, in nats. */
  public double of(int image) {
    return losses[image];
  }

  /** The derivative of the mean loss by one value of the images, in the order of the batch. */
  public float slope(int value) {
    return slopes[value];
  }
}
