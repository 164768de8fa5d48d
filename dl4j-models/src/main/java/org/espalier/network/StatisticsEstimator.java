package org.espalier.network;

import org.espalier.autograd.Tape;
import org.espalier.tensor.Shape;

/**
 * Re-estimates the running statistics of batch norm for weights as they are: the mean over batches
 * of their means and unbiased variances. Needed wherever weights change without training steps of
 * their own: averaged, quantised, or shared between networks.
 */
public final class StatisticsEstimator {
  private StatisticsEstimator() {}

  /**
   * Replaces the running statistics. The order of the batches matters to the last bits.
   *
   * @param network its buffers are overwritten
   * @param tape reset before each batch
   * @param batches at least one, each images {@code [batch, height, width, channels]} one after the
   *     other
   */
  public static void estimate(Network network, Tape tape, Iterable<float[]> batches) {
    ImageShape image = network.spec().input();
    int count = 0;
    for (float[] batch : batches) {
      if (batch.length == 0 || batch.length % image.size() != 0) {
        throw new IllegalArgumentException(
            "a batch of images %s cannot have %s values".formatted(image, batch.length));
      }
      count++;
      tape.reset();
      Shape shape =
          Shape.of(batch.length / image.size(), image.height(), image.width(), image.channels());
      network.forward(tape, tape.constant(shape, batch), new Mode.Estimation(count));
    }
    if (count == 0) {
      throw new IllegalArgumentException("statistics need at least one batch");
    }
  }
}
