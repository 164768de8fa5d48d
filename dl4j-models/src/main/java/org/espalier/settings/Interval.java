package org.espalier.settings;

/**
 * Numbers between two bounds.
 *
 * @param from lower bound; infinite for none
 * @param fromExcluded whether the lower bound itself is outside
 * @param to upper bound; infinite for none
 * @param toExcluded whether the upper bound itself is outside
 */
public record Interval(double from, boolean fromExcluded, double to, boolean toExcluded) {
  /** What an annotation says. */
  public static Interval of(Range range) {
    boolean above = range.above() >= range.min() && range.above() > Double.NEGATIVE_INFINITY;
    boolean below = range.below() <= range.max() && range.below() < Double.POSITIVE_INFINITY;
    return new Interval(
        above ? range.above() : range.min(), above, below ? range.below() : range.max(), below);
  }

  /** Whether a number is between the bounds, and finite. */
  boolean contains(double value) {
    return Double.isFinite(value)
        && (fromExcluded ? value > from : value >= from)
        && (toExcluded ? value < to : value <= to);
  }

  /**
   * What a number must be, for people, such as {@code at least 1}.
   *
   * @param whole whether only whole numbers are asked for
   */
  public String describe(boolean whole) {
    boolean lower = Double.isFinite(from);
    boolean upper = Double.isFinite(to);
    if (lower && upper) {
      return whole && !fromExcluded && !toExcluded
          ? "from %s to %s".formatted(number(from), number(to))
          : "in %s%s, %s%s"
              .formatted(
                  fromExcluded ? "(" : "[", number(from), number(to), toExcluded ? ")" : "]");
    } else if (lower) {
      return (fromExcluded ? "above " : "at least ") + number(from);
    } else if (upper) {
      return (toExcluded ? "below " : "at most ") + number(to);
    }
    return "finite";
  }

  private static String number(double value) {
    return value == StrictMath.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
