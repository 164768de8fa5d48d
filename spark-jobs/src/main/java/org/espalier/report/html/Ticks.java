package org.espalier.report.html;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis with round numbers on it.
 *
 * @param from its lower end
 * @param to its upper end
 * @param values of the ticks, within the ends
 * @param step between ticks
 */
record Ticks(double from, double to, List<Double> values, double step) {
  private static final int WANTED = 5;

  /** An axis that covers a range, at least a little. */
  static Ticks covering(double low, double high) {
    return covering(low, high, 0);
  }

  /**
   * An axis that covers a range.
   *
   * @param leastStep between ticks: 1 for what is counted
   */
  static Ticks covering(double low, double high, double leastStep) {
    double span = high > low ? high - low : Math.max(1e-6, Math.abs(low) * 0.1);
    double power = Math.pow(10, Math.floor(Math.log10(span / WANTED)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (span / step <= WANTED + 1 && step >= leastStep) {
        break;
      }
    }
    step = Math.max(step, leastStep);
    double from = Math.floor(low / step + 1e-9) * step;
    double to = Math.ceil(Math.max(high, low + span * 0.5) / step - 1e-9) * step;
    List<Double> values = new ArrayList<>();
    for (int i = 0; from + i * step <= to + step / 2; i++) {
      values.add(from + i * step);
    }
    return new Ticks(from, to, values, step);
  }

  /** The same axis without what lies above a value, which need not be round. */
  Ticks endingAt(double highest) {
    return highest > from && highest < to
        ? new Ticks(from, highest, values.stream().filter(each -> each <= highest).toList(), step)
        : this;
  }

  /** Where a value lies, 0 at the lower end and 1 at the upper. */
  double position(double value) {
    return (value - from) / (to - from);
  }

  /** A tick as it is written. */
  String label(double value) {
    if (step >= 1000 && value != 0) {
      double largest = Math.max(Math.abs(from), Math.abs(to));
      return largest >= 1e6
          ? plain(value / 1e6, step / 1e6) + " M"
          : plain(value / 1e3, step / 1e3) + " k";
    }
    return plain(value, step);
  }

  private static String plain(double value, double step) {
    int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    BigDecimal rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
    return String.format(Locale.ROOT, "%s", rounded.toPlainString());
  }
}
