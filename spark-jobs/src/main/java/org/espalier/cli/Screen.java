package org.espalier.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the program writes for people. What is printed as a line stays one, whatever names from
 * files are in it: characters that would move the cursor, end the line or turn the direction of
 * text appear as Java writes them, and passwords within URIs not at all. On a terminal lines are
 * broken between words. {@code print} passes text on as it is.
 */
final class Screen extends PrintWriter {
  /** The width of what is no terminal. */
  static final IntSupplier UNLIMITED = () -> Integer.MAX_VALUE;

  /** Control characters but tabs, line separators, and what changes the direction of text. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "[\\p{Cc}&&[^\\t]]|[\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  /** What stands before the text of a line, below which its further rows begin. */
  private static final Pattern LABEL = Pattern.compile("\\S+: | *(\\S+ {2,}){0,2}");

  private final IntSupplier width;

  /**
   * A screen.
   *
   * @param to where text goes
   * @param width columns, asked for each line
   */
  Screen(Writer to, IntSupplier width) {
    super(new RedactingWriter(to), true);
    this.width = width;
  }

  /** What takes text for people elsewhere, where nothing is known of a width. */
  static Screen of(PrintWriter to) {
    return to instanceof Screen screen ? screen : new Screen(to, UNLIMITED);
  }

  /** Columns, or {@link Integer#MAX_VALUE} if there is no end of a line. */
  int width() {
    return width.getAsInt();
  }

  /** Lets nothing more through, as when the process ends while others still work. */
  void silence() {
    synchronized (lock) {
      flush();
      out = Writer.nullWriter();
    }
  }

  @Override
  public void println(String line) {
    super.println(wrapped(visible(line), width()));
  }

  @Override
  public void println(Object line) {
    println(String.valueOf(line));
  }

  @Override
  public Screen format(String format, Object... arguments) {
    return format(Locale.ROOT, format, arguments);
  }

  /** Writes lines; only line ends of the format itself part them. */
  @Override
  public Screen format(Locale locale, String format, Object... arguments) {
    Object[] safe =
        Arrays.stream(arguments)
            .map(each -> each instanceof Number ? each : visible(String.valueOf(each)))
            .toArray();
    List<String> lines = List.of(String.format(locale, format, safe).split("\\R", -1));
    lines.subList(0, lines.size() - 1).forEach(this::println);
    print(lines.get(lines.size() - 1));
    return this;
  }

  /** The text with every character that could be mistaken for something else written out. */
  static String visible(String text) {
    return HIDDEN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(code(found.group())));
  }

  private static String code(String character) {
    return switch (character) {
      case "\n" -> "\\n";
      case "\r" -> "\\r";
      default -> String.format(Locale.ROOT, "\\u%04x", (int) character.charAt(0));
    };
  }

  private static String wrapped(String line, int width) {
    if (line.length() <= width) {
      return line;
    }
    Matcher label = LABEL.matcher(line);
    int indent = label.lookingAt() && label.end() <= width / 2 ? label.end() : 0;
    StringBuilder rows = new StringBuilder();
    int start = 0;
    int room = width;
    while (line.length() - start > room) {
      int space = line.lastIndexOf(' ', start + room);
      if (space <= (start == 0 ? indent : start)) { // a word longer than a row
        space = line.indexOf(' ', start + room);
      }
      if (space < 0) {
        break;
      }
      rows.append(line.substring(start, space).stripTrailing())
          .append(System.lineSeparator())
          .append(" ".repeat(indent));
      start = space + 1;
      room = width - indent;
    }
    return rows.append(line, start, line.length()).toString();
  }
}
