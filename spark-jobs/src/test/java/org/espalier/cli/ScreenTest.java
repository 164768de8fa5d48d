package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final String END = System.lineSeparator();

  private final StringWriter text = new StringWriter();

  @Test
  void aLineStaysOneLineWhateverIsInIt() {
    Screen screen = new Screen(text, Screen.UNLIMITED);

    screen.println("class cat\nreport: fine\r\033[2J\u009b1A\u2028\u202eend\ttab");

    assertThat(text)
        .hasToString("class cat\\nreport: fine\\r\\u001b[2J\\u009b1A\\u2028\\u202eend\ttab" + END);
  }

  @Test
  void namesInOtherScriptsAreLeftAsTheyAre() {
    Screen screen = new Screen(text, Screen.UNLIMITED);

    screen.println("\u0642\u0637\u0629 \u732b \ud83d\udc31 na\u00efve");

    assertThat(text).hasToString("\u0642\u0637\u0629 \u732b \ud83d\udc31 na\u00efve" + END);
  }

  @Test
  void onlyAFormatEndsItsLines() {
    Screen screen = new Screen(text, Screen.UNLIMITED);

    screen.printf(Locale.ROOT, "%-6s|%,d|%.1f%n%s", "a\nb", 1234, 0.5, "rest");

    assertThat(text).hasToString("a\\nb  |1,234|0.5" + END + "rest");
  }

  @Test
  void longLinesAreBrokenBetweenWordsBelowTheirText() {
    Screen screen = new Screen(text, () -> 30);

    screen.println("memory    about 4.23 MB beside the heap of this process");
    screen.println("espalier: /a/path/that/is/longer/than/a/row is not there");
    screen.println("short");

    assertThat(text.toString().lines())
        .containsExactly(
            "memory    about 4.23 MB beside",
            "          the heap of this",
            "          process",
            "espalier: /a/path/that/is/longer/than/a/row",
            "          is not there",
            "short");
  }

  @Test
  void whatIsPrintedPassesAsItIs() {
    Screen screen = new Screen(text, () -> 10);

    screen.print("\rone row of a drawing\033[1m");
    screen.flush();

    assertThat(text).hasToString("\rone row of a drawing\033[1m");
  }
}
