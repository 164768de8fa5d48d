package org.espalier.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.espalier.run.DriverExit;
import org.espalier.run.RunRefusedException;
import org.espalier.run.RunStorageException;

/**
 * A driver on a machine of the cluster, where nobody reads its terminal: what it said last goes
 * into the folder of the run, with its exit code.
 */
final class ClusterDriver {
  private static final System.Logger LOG = System.getLogger(ClusterDriver.class.getName());
  private static final int LINES = 6;
  private static final Pattern PROGRESS = Pattern.compile("^ *[0-9]+ % ");

  private ClusterDriver() {}

  /**
   * Runs a command line.
   *
   * @param out of this process, which the cluster keeps in a log
   * @param err the same
   * @param folder of the run
   * @param submission of which this is the driver
   * @return the exit code
   */
  static int run(
      String[] arguments, PrintWriter out, PrintWriter err, String folder, String submission) {
    try {
      DriverExit.clear(folder, submission);
    } catch (RunStorageException | RunRefusedException e) {
      // The command will meet the same storage, and say it with its own exit code.
      err.println("espalier: " + e.getMessage());
    }
    LastLines said = new LastLines(out, line -> tell(folder, submission, line));
    // Of a command that was asked for JSON, progress is there.
    LastLines complained = new LastLines(err, line -> tell(folder, submission, line));
    int code = Main.run(arguments, new PrintWriter(said, true), new PrintWriter(complained, true));
    try {
      new DriverExit(code, (code == ExitCode.DONE ? said : complained).text())
          .write(folder, submission);
    } catch (RunStorageException | RunRefusedException e) {
      err.println("espalier: " + e.getMessage());
    }
    return code;
  }

  /** Whoever waits would like to know; the work does not depend on it. */
  private static void tell(String folder, String submission, String line) {
    try {
      DriverExit.running(folder, submission, line);
    } catch (RunStorageException | RunRefusedException e) {
      LOG.log(System.Logger.Level.DEBUG, "progress cannot be written", e);
    }
  }

  /** Passes text on and keeps its last lines. */
  private static final class LastLines extends Writer {
    private final PrintWriter to;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Consumer<String> progress;
    private boolean begun;
    private final StringBuilder line = new StringBuilder();

    /**
     * Lines.
     *
     * @param progress told each line from the first that says how far the work is, when the run is
     *     there
     */
    private LastLines(PrintWriter to, Consumer<String> progress) {
      this.to = to;
      this.progress = progress;
    }

    @Override
    public void write(char[] text, int from, int count) {
      to.write(text, from, count);
      for (int i = from; i < from + count; i++) {
        if (text[i] == '\n') {
          end(line.toString());
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
      while (lines.size() > LINES) {
        lines.remove();
      }
    }

    private void end(String said) {
      boolean progressing = PROGRESS.matcher(said).find();
      begun |= progressing;
      if (!progressing) {
        lines.add(said);
      }
      if (begun) {
        progress.accept(said);
      }
    }

    @Override
    public void flush() {
      to.flush();
    }

    @Override
    public void close() {
      to.flush();
    }

    private String text() {
      return String.join("\n", lines) + (line.isEmpty() ? "" : "\n" + line);
    }
  }
}
