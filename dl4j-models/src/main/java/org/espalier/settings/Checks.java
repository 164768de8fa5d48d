package org.espalier.settings;

import java.util.List;

/** Defaults and range checks shared by the settings records. */
public final class Checks {
  private Checks() {}

  /** A component, or its default if it was left out. */
  public static <T> T given(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  /** Refuses whole numbers below a least one. */
  public static void atLeast(String name, long least, long value) {
    if (value < least) {
      throw new SettingException(name, "must be at least %d, got %d".formatted(least, value));
    }
  }

  /** Refuses what is not above zero and finite. */
  public static void aboveZero(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s must be above 0, got %s".formatted(name, value));
    }
  }

  /** Refuses what is negative or not finite. */
  public static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s must be at least 0, got %s".formatted(name, value));
    }
  }

  /** Refuses what is not in [0, 1]. */
  public static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("%s must be in [0, 1], got %s".formatted(name, value));
    }
  }

  /** Refuses what is not in [0, 1). */
  public static void belowOne(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("%s must be in [0, 1), got %s".formatted(name, value));
    }
  }

  /** Refuses what does not rise strictly from above zero. */
  public static void rising(String name, List<Integer> values) {
    int previous = 0;
    for (int value : values) {
      if (value <= previous) {
        throw new IllegalArgumentException(
            "%s must be above 0 and rising, got %s".formatted(name, values));
      }
      previous = value;
    }
  }
}
