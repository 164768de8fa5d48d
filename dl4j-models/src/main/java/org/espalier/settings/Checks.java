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

  /**
   * Refuses numbers outside of the {@link Range} of their component. What is {@code null} passes.
   *
   * @param type the settings record
   * @param values of all its components, in their order
   */
  public static void ranges(Class<? extends Record> type, Object... values) {
    RangeRules.of(type).check(values);
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
      throw new SettingException(name, "must be at least %s, got %s".formatted(least, value));
    }
  }

  /** Refuses whole numbers outside of a range. */
  public static void inRange(String name, long least, long most, long value) {
    if (value < least || value > most) {
      throw new SettingException(
          name, "must be from %s to %s, got %s".formatted(least, most, value));
    }
  }

  /** Refuses what is not above zero and finite. */
  public static void aboveZero(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new SettingException(name, "must be above 0, got " + value);
    }
  }

  /** Refuses what is not in [0, 1]. */
  public static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new SettingException(name, "must be in [0, 1], got " + value);
    }
  }

  /** Refuses what does not rise strictly. */
  public static void rising(String name, List<? extends Number> values) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i).doubleValue() <= values.get(i - 1).doubleValue()) {
        throw new SettingException(name, "must be rising, got " + values);
      }
    }
  }
}
