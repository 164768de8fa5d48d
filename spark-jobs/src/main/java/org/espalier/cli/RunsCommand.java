package org.espalier.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.run.RunOverview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the runs of a folder. */
@Command(
    name = "runs",
    description = "List the runs of a folder, those that go on with their progress.")
final class RunsCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = "runs",
      description =
          "Whose folders are runs: a local path, or a URI of any Hadoop file system; default"
              + " ${DEFAULT-VALUE}.")
  private String folder;

  @Mixin private JsonOption json;

  RunsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<RunOverview> runs = RunOverview.in(folder, surroundings.clock().instant());
    PrintWriter out = json.forPeople(surroundings).out();
    if (runs.isEmpty()) {
      out.println("no runs in " + printable(folder));
    } else {
      table(runs, out);
    }
    json.print(surroundings, () -> summary(runs));
    return ExitCode.DONE;
  }

  private Map<String, Object> summary(List<RunOverview> runs) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("command", "runs");
    summary.put("folder", folder);
    summary.put("runs", runs.stream().map(RunsCommand::summary).toList());
    return summary;
  }

  private static Map<String, Object> summary(RunOverview run) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("name", run.name());
    summary.put("command", run.command());
    summary.put("state", run.state().name().toLowerCase(Locale.ROOT));
    run.share().ifPresent(share -> summary.put("shareDone", share));
    summary.put("detail", run.detail());
    run.silence().ifPresent(silence -> summary.put("silentSeconds", silence.toSeconds()));
    return summary;
  }

  private static void table(List<RunOverview> runs, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "command", "state", "done", "phase and accuracy"));
    runs.forEach(run -> rows.add(row(run)));
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    for (List<String> row : rows) {
      String line =
          IntStream.range(0, row.size())
              .mapToObj(column -> padded(row.get(column), widths[column]))
              .collect(Collectors.joining("  "));
      out.println(line.stripTrailing());
    }
  }

  private static List<String> row(RunOverview run) {
    List<String> details = new ArrayList<>();
    if (!run.detail().isEmpty()) {
      details.add(run.detail());
    }
    if (run.state() == RunOverview.State.SILENT) {
      run.silence().ifPresent(silence -> details.add("not heard of for " + text(silence)));
    }
    return List.of(
        printable(run.name()),
        printable(run.command()),
        run.state().name().toLowerCase(Locale.ROOT),
        run.share().isEmpty()
            ? ""
            : String.format(Locale.ROOT, "%3.0f %%", Math.floor(100 * run.share().getAsDouble())),
        printable(String.join(", ", details)));
  }

  private static String text(Duration duration) {
    return duration.toDays() > 1
        ? duration.toDays() + " days"
        : duration.toHours() > 1
            ? duration.toHours() + " hours"
            : duration.toMinutes() + " minutes";
  }

  /** Text of a terminal: names of folders may hold what moves the cursor. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - width(text));
  }
}
