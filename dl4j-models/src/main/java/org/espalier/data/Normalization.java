package org.espalier.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.augment.Placement;

/**
 * Brings pixels to mean 0 and deviation 1: {@code (pixel / maxValue - mean) / deviation} for each
 * channel.
 *
 * @param mean of each channel, on a scale from 0 (black) to 1 (the data set's largest value)
 * @param deviation of each channel on the same scale, above 0
 */
public record Normalization(List<Double> mean, List<Double> deviation) {
  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.isEmpty() || mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "need one mean and one deviation a channel, got %s and %s".formatted(mean, deviation));
    }
    if (!mean.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("means must be finite, got " + mean);
    }
    if (!deviation.stream().allMatch(value -> Double.isFinite(value) && value > 0)) {
      throw new IllegalArgumentException("deviations must be above 0, got " + deviation);
    }
  }

  /**
   * The mean and deviation of the examples given, which should be the training part only. A channel
   * of one value everywhere gets deviation 1.
   *
   * @param data the images
   * @param examples numbers of at least one example
   */
  public static Normalization of(ImageDataset data, int[] examples) {
    if (examples.length == 0) {
      throw new IllegalArgumentException("normalisation needs at least one example");
    }
    int channels = data.shape().channels();
    long[] histogram = histogram(data, examples);
    double count = (double) examples.length * data.shape().height() * data.shape().width();
    List<Double> mean = new ArrayList<>();
    List<Double> deviation = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      long sum = 0;
      for (int value = 0; value < Placement.LEVELS; value++) {
        sum += histogram[c * Placement.LEVELS + value] * value;
      }
      double average = sum / count;
      double squares = 0;
      for (int value = 0; value < Placement.LEVELS; value++) {
        squares += histogram[c * Placement.LEVELS + value] * (value - average) * (value - average);
      }
      mean.add(average / data.maxValue());
      deviation.add(squares == 0 ? 1 : StrictMath.sqrt(squares / count) / data.maxValue());
    }
    return new Normalization(mean, deviation);
  }

  /**
   * The same mean and deviation for each channel, whatever the data.
   *
   * @param channels how many, at least 1
   * @param mean on a scale from 0 to 1; 0 keeps black at 0
   * @param deviation on the same scale, above 0; 1 keeps values in 0..1
   */
  public static Normalization constant(int channels, double mean, double deviation) {
    return new Normalization(
        Collections.nCopies(channels, mean), Collections.nCopies(channels, deviation));
  }

  /**
   * What each pixel value becomes, {@code [channels, 256]}.
   *
   * @param maxValue largest pixel value of the data set, 1 to 255
   */
  public float[] levels(int maxValue) {
    float[] levels = new float[mean.size() * Placement.LEVELS];
    for (int c = 0; c < mean.size(); c++) {
      for (int value = 0; value < Placement.LEVELS; value++) {
        double scaled = (double) value / maxValue;
        levels[c * Placement.LEVELS + value] = (float) ((scaled - mean.get(c)) / deviation.get(c));
      }
    }
    return levels;
  }

  private static long[] histogram(ImageDataset data, int[] examples) {
    int channels = data.shape().channels();
    int size = data.shape().size();
    byte[] pixels = new byte[size];
    long[] histogram = new long[channels * Placement.LEVELS];
    for (int example : examples) {
      data.read(example, pixels);
      for (int i = 0; i < size; i += channels) {
        for (int c = 0; c < channels; c++) {
          histogram[c * Placement.LEVELS + (pixels[i + c] & 255)]++;
        }
      }
    }
    return histogram;
  }
}
