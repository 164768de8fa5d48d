package org.espalier.search.table;

import java.util.List;

/**
 * Mean and spread of some figures.
 *
 * @param mean of them
 * @param deviation standard deviation, unbiased; 0 of a single one
 * @param count how many they are, at least 1
 */
public record Spread(double mean, double deviation, int count) {
  /** Of at least one figure. */
  public static Spread of(List<Double> figures) {
    int count = figures.size();
    double mean = figures.stream().mapToDouble(Double::doubleValue).sum() / count;
    double squares = figures.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
    return new Spread(mean, count < 2 ? 0 : StrictMath.sqrt(squares / (count - 1)), count);
  }

  /** The standard error of the mean. */
  public double error() {
    return deviation / StrictMath.sqrt(count);
  }

  /** The standard error of the difference to another mean, both found independently. */
  public double errorTo(Spread other) {
    return StrictMath.sqrt(error() * error() + other.error() * other.error());
  }
}
