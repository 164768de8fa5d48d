package org.espalier.export;

/** Anything that classifies images: our network, or an exported file run by another program. */
@FunctionalInterface
public interface LogitsFunction {
  /**
   * Classifies a batch.
   *
   * @param images {@code [count, height, width, channels]}
   * @param count images, at least 1
   * @return {@code [count, classes]}
   */
  float[] logits(float[] images, int count);
}
