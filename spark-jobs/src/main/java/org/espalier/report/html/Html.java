package org.espalier.report.html;

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
