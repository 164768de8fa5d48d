package org.espalier.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.espalier.job.JobConsole;

/** Shows a job's progress: a bar that is drawn over on a terminal, lines now and then elsewhere. */
final class Terminal implements JobConsole, AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration LINE = Duration.ofSeconds(15);
  private static final int WIDTH = 24;

  private final Surroundings surroundings;
  private final Interruption interruption;
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile boolean stop;
  private Instant begun = Instant.MIN;
  private double begunAt;
  private Instant shown = Instant.MIN;
  private double shownShare = -1;
  private int drawn;

  Terminal(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.interruption = Interruption.listen(this::interrupt);
  }

  @Override
  public synchronized void say(String line) {
    erase();
    surroundings.out().println(line);
    surroundings.out().flush();
  }

  @Override
  public synchronized void progress(double share, String detail) {
    Instant now = surroundings.clock().instant();
    if (begun.equals(Instant.MIN)) {
      begun = now;
      begunAt = share;
    }
    if (surroundings.terminal()) {
      if (share >= 1 || shown.plus(REDRAW).isBefore(now)) {
        draw(now, share, detail);
      }
    } else if (share > shownShare
        && (Math.floor(share * 10) > Math.floor(shownShare * 10)
            || shown.plus(LINE).isBefore(now))) {
      surroundings.out().println(text(now, share, detail));
      surroundings.out().flush();
      shown = now;
      shownShare = share;
    }
  }

  @Override
  public boolean stopRequested() {
    return stop;
  }

  @Override
  public void onStop(Runnable action) {
    actions.add(action);
    if (stop) {
      action.run();
    }
  }

  @Override
  public synchronized void close() {
    erase();
    interruption.close();
  }

  private void interrupt() {
    if (stop) {
      Runtime.getRuntime().halt(ExitCode.STOPPED);
    }
    say("stopping at the next safe point; once more ends at once");
    stop = true;
    actions.forEach(Runnable::run);
  }

  private void draw(Instant now, double share, String detail) {
    // A full row would move the cursor to the next, out of reach of the next drawing.
    int columns = surroundings.out().width() - 1;
    int cells = Math.min(WIDTH, columns / 4);
    int full = (int) Math.round(share * cells);
    String bar = "[" + "#".repeat(full) + ".".repeat(cells - full) + "] ";
    String whole = bar + Screen.visible(text(now, share, detail));
    String line = whole.substring(0, Math.min(whole.length(), columns));
    String padding = " ".repeat(Math.max(0, Math.min(drawn, columns) - line.length()));
    surroundings.out().print("\r" + line + padding);
    surroundings.out().flush();
    drawn = line.length();
    shown = now;
  }

  private void erase() {
    if (drawn > 0) {
      int reached = Math.min(drawn, surroundings.out().width() - 1);
      surroundings.out().print("\r" + " ".repeat(reached) + "\r");
      drawn = 0;
    }
  }

  private String text(Instant now, double share, String detail) {
    return String.format(Locale.ROOT, "%3.0f %%  %s  %s", 100 * share, left(now, share), detail);
  }

  private String left(Instant now, double share) {
    if (share - begunAt < 0.005 || share >= 1) {
      return share >= 1 ? "done     " : "         ";
    }
    double elapsed = Duration.between(begun, now).toMillis() / 1000.0;
    long seconds = Math.round(elapsed * (1 - share) / (share - begunAt));
    return seconds >= 3600
        ? String.format(Locale.ROOT, "%dh%02d left", seconds / 3600, seconds % 3600 / 60)
        : String.format(Locale.ROOT, "%2d:%02d left", seconds / 60, seconds % 60);
  }
}
