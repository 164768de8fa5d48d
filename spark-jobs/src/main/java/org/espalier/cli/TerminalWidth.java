package org.espalier.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many columns the terminal has: what {@code stty} says, since Java does not, and says again
 * after the window has changed.
 */
final class TerminalWidth implements IntSupplier {
  private static final int USUAL = 80;
  private static final Pattern SIZE = Pattern.compile("[0-9]+ ([1-9][0-9]{0,4})\\s*");

  private volatile int columns;

  TerminalWidth() {
    Interruption.listenToResizing(() -> columns = 0);
  }

  @Override
  public int getAsInt() {
    int known = columns;
    if (known == 0) {
      known = ask();
      columns = known;
    }
    return known;
  }

  private static int ask() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher size = SIZE.matcher(answer);
      return size.matches() ? Integer.parseInt(size.group(1)) : USUAL;
    } catch (IOException e) {
      return USUAL;
    }
  }
}
