package org.espalier.report.html;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Builds markup; everything but markup goes through {@link #text}. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Appends markup with its {@code %s} filled by escaped text. */
  Html add(String markup, Object... texts) {
    Object[] escaped = new Object[texts.length];
    for (int i = 0; i < texts.length; i++) {
      escaped[i] = text(String.valueOf(texts[i]));
    }
    out.append(markup.formatted(escaped));
    return this;
  }

  /** Appends markup made elsewhere. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** A number of an SVG attribute. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Opens a box that scrolls sideways, by the keyboard too; a {@code </div>} closes it. */
  static String scroll(String label) {
    return new Html()
        .add("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">", label)
        .toString();
  }

  /** A measured number as people read it: commas between thousands, at most four decimals. */
  static String value(double value) {
    return new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }

  /** The same in little space: three figures, with k for thousands and M for millions. */
  static String brief(double value) {
    double size = Math.abs(value);
    if (size < 10_000) {
      return new DecimalFormat(
              size < 100 ? "0.##" : "0.#", DecimalFormatSymbols.getInstance(Locale.ROOT))
          .format(value);
    }
    return size < 1e6
        ? brief(Math.rint(value / 100) / 10) + " k"
        : brief(Math.rint(value / 1e4) / 100) + " M";
  }

  /** A whole number as people read it, with commas between its thousands. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Plain text as it stands between tags or in a quoted attribute. */
  static String text(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length());
    plain
        .codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                  boolean control = character < ' ' && character != '\n' && character != '\t';
                  boolean half = character >= 0xD800 && character <= 0xDFFF;
                  escaped.appendCodePoint(control || half ? 0xFFFD : character);
                }
              }
            });
    return escaped.toString();
  }
}
