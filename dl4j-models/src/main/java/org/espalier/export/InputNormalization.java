package org.espalier.export;

import java.util.List;

/**
 * What was done to pixels before the network saw them, {@code (pixel / maxValue - mean) /
 * deviation} for each channel, so that an exported model can take plain pixels.
 *
 * @param maxValue the value that was scaled to 1, above 0: 255 for bytes
 * @param mean of each channel on a scale from 0 to 1
 * @param deviation of each channel on the same scale, above 0
 */
public record InputNormalization(double maxValue, List<Double> mean, List<Double> deviation) {
  public InputNormalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (!(maxValue > 0 && Double.isFinite(maxValue))) {
      throw new IllegalArgumentException("maxValue must be above 0 and finite, got " + maxValue);
    }
    if (mean.isEmpty() || mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "need one mean and one deviation a channel, got %s and %s".formatted(mean, deviation));
    }
    if (!mean.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("means must be finite, got " + mean);
    }
    if (!deviation.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("deviations must be above 0 and finite, got " + deviation);
    }
  }

  /** Number of channels. */
  public int channels() {
    return mean.size();
  }

  /** Normalised images, channels last, each value rounded once. */
  float[] apply(float[] images) {
    float[] normalized = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int c = i % channels();
      normalized[i] = (float) ((images[i] / maxValue - mean.get(c)) / deviation.get(c));
    }
    return normalized;
  }

  /** What a pixel is multiplied by, {@code [channels]}. */
  float[] factors() {
    float[] factors = new float[channels()];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = (float) (1 / (maxValue * deviation.get(c)));
    }
    return factors;
  }

  /** What is then added, {@code [channels]}. */
  float[] offsets() {
    float[] offsets = new float[channels()];
    for (int c = 0; c < offsets.length; c++) {
      offsets[c] = (float) (-mean.get(c) / deviation.get(c));
    }
    return offsets;
  }
}
