package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final StringWriter text = new StringWriter();
  private int columns = 200;
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aPipeGetsALineForEachTenthWithTheTimeLeft() {
    try (Terminal terminal = terminal(false)) {
      for (int done = 0; done <= 100; done++) {
        terminal.progress(done / 100.0, "epoch " + done / 25);
        now = now.plusSeconds(1);
      }
    }

    assertThat(text.toString().lines()).hasSize(11).noneMatch(line -> line.contains("\r"));
    assertThat(text.toString()).contains(" 50 %   0:50 left  epoch 2", "100 %  done");
  }

  @Test
  void aSlowJobIsHeardOfBetweenTenths() {
    try (Terminal terminal = terminal(false)) {
      for (int done = 0; done < 10; done++) {
        terminal.progress(done / 1000.0, "search");
        now = now.plusSeconds(20);
      }
    }

    assertThat(text.toString().lines()).hasSize(10);
    assertThat(text.toString()).contains("5h31 left");
  }

  @Test
  void aTerminalGetsABarThatMakesRoomForLines() {
    try (Terminal terminal = terminal(true)) {
      terminal.progress(0, "search");
      now = now.plusSeconds(1);
      terminal.progress(0.5, "search");
      terminal.say("something happened");
    }

    assertThat(text.toString())
        .contains("\r[............]".replace("............", ".".repeat(24)))
        .contains("\r[" + "#".repeat(12) + ".".repeat(12) + "]  50 %   0:01 left  search")
        .endsWith("\rsomething happened" + System.lineSeparator());
  }

  @Test
  void theBarIsCutToTheTerminalsWidthHoweverThatChanges() {
    columns = 50;
    try (Terminal terminal = terminal(true)) {
      for (double share : new double[] {0, 0.5}) {
        terminal.progress(share, "supernet, best accuracy so far 0.91, entropy 1.52");
        now = now.plusSeconds(1);
      }
      columns = 30;
      terminal.progress(0.75, "supernet, best accuracy so far 0.91, entropy 1.52");
    }

    assertThat(text.toString().split("\r"))
        .filteredOn(drawn -> drawn.startsWith("["))
        .extracting(String::length)
        .containsExactly(49, 49, 29);
    assertThat(text.toString())
        .contains("\r[######......]  50 %   0:01 left  supernet, best \r")
        .contains("\r[#####..]  75 %   0:01 left  \r");
  }

  @Test
  void whatIsDrawnHasNoEndOfALineInIt() {
    try (Terminal terminal = terminal(true)) {
      terminal.progress(0, "class cat\n\033[2Jdone");
    }

    assertThat(text.toString()).contains("class cat\\n\\u001b[2Jdone").doesNotContain("\n");
  }

  private Terminal terminal(boolean real) {
    Screen out = new Screen(text, () -> columns);
    return new Terminal(new Surroundings(out, out, real, () -> now));
  }
}
