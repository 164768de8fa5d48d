package org.espalier.job;

import java.util.Locale;

/** Numbers as people read them. */
final class Amounts {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

  private Amounts() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A size with three figures, 1 kB being 1000 bytes. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String format =
        unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }

  /** Planned work, in multiply-accumulates. */
  static String work(long macs) {
    return macs < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f million MACs", macs / 1e6)
        : String.format(Locale.ROOT, "%,.1f billion MACs", macs / 1e9);
  }
}
