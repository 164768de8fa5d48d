package org.espalier.settings;

import java.util.List;

/**
 * Defaults and range checks of settings records. What breaks a rule is refused with a {@link
 * SettingException} that names the component.
 */
public final class Checks {
  private Checks() {}

  /** A component, or its default if it was left out. */
  public static <T> T given(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  /** Refuses what was left out and has no default: a component that is {@link Required}. */
  public static void present(String name, Object value) {
    if (value == null) {
      throw new SettingException(name, "is missing");
    }
  }

  /** Refuses texts that are left out, empty or blank. */
  public static void notBlank(String name, String value) {
    present(name, value);
    if (value.isBlank()) {
      throw new SettingException(name, "must not be empty");
    }
  }

  /** Refuses whole numbers below a least one. */
  public static void atLeast(String name, long least, long value) {
    if (value < least) {
      throw new SettingException(name, "must be at least %d, got %d".formatted(least, value));
    }
  }

  /** Refuses whole numbers outside of a range. */
  public static void inRange(String name, long least, long most, long value) {
    if (value < least || value > most) {
      throw new SettingException(
          name, "must be from %d to %d, got %d".formatted(least, most, value));
    }
  }

  /** Refuses numbers below a least one, and what is not finite. */
  public static void atLeast(String name, double least, double value) {
    if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
      throw new SettingException(
          name, "must be at least %s, got %s".formatted(number(least), value));
    }
  }

  /** Refuses what is not above zero and finite. */
  public static void aboveZero(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new SettingException(name, "must be above 0, got " + value);
    }
  }

  /** Refuses what is negative or not finite. */
  public static void notNegative(String name, double value) {
    atLeast(name, 0.0, value);
  }

  /** Refuses what is not in [0, 1]. */
  public static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new SettingException(name, "must be in [0, 1], got " + value);
    }
  }

  /** Refuses what is not in [0, 1). */
  public static void belowOne(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new SettingException(name, "must be in [0, 1), got " + value);
    }
  }

  /** Refuses what does not rise strictly from above zero. */
  public static void rising(String name, List<Integer> values) {
    int previous = 0;
    for (int value : values) {
      if (value <= previous) {
        throw new SettingException(name, "must be above 0 and rising, got " + values);
      }
      previous = value;
    }
  }

  private static String number(double value) {
    return value == StrictMath.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
