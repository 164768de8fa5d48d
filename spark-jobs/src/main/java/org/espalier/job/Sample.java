package org.espalier.job;

import java.util.Locale;

/**
 * Mean and spread of a figure over seeds.
 *
 * @param count of values, at least 1
 * @param mean of them
 * @param deviation of a sample, which divides by one fewer; 0 for a single value
 */
record Sample(int count, double mean, double deviation) {
  /** Of at least one value. */
  static Sample of(double... values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.length == 1 ? 0 : StrictMath.sqrt(squares / (values.length - 1));
    return new Sample(values.length, mean, deviation);
  }

  double variance() {
    return deviation * deviation;
  }

  /** The mean, with the deviation if there are several values, for people. */
  String describe() {
    return count == 1
        ? String.format(Locale.ROOT, "%.2f", mean)
        : String.format(Locale.ROOT, "%.2f \u00b1 %.2f", mean, deviation);
  }
}
