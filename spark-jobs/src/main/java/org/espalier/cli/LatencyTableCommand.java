package org.espalier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.espalier.config.ConfigSource;
import org.espalier.cost.LatencyTable;
import org.espalier.data.ImageDataset;
import org.espalier.data.format.Datasets;
import org.espalier.job.SearchSettings;
import org.espalier.latency.DeviceProgram;
import org.espalier.latency.LatencyCsv;
import org.espalier.latency.LatencyPlan;
import org.espalier.latency.LatencyRounds;
import org.espalier.latency.OnnxStopwatch;
import org.espalier.search.space.SearchedSpace;
import org.espalier.search.space.Space;
import org.espalier.storage.HadoopFileSystems;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what the networks of a search take on a device. */
@Command(
    name = "latency-table",
    description =
        "Measure what every operation of a search's networks takes on this machine, in ONNX"
            + " Runtime, and check sums of them on whole networks. A budget takes the table:"
            + " limits: [{resource: {type: latency, table: FILE}, most: MICROSECONDS}].")
final class LatencyTableCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  private final Surroundings caller;

  /** Where progress goes. */
  private Surroundings surroundings;

  @Spec private CommandSpec command;

  @Mixin private JsonOption json;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Configuration of search; its method and data say which networks there are.")
  private Path config;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "The table. A measurement that was ended is gone on with: its rounds are in FILE.rounds.")
  private Path output;

  @Option(
      names = "--program",
      paramLabel = "FOLDER",
      description =
          "Measure nothing, and write a program here that measures on another device; it needs"
              + " Python and ONNX Runtime alone.")
  private Path program;

  @Option(
      names = "--import",
      paramLabel = "FILE",
      description = "Measure nothing, and make the table of what that program wrote.")
  private Path imported;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that compute an operation; default ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "40",
      description = "How often everything is measured; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--learn",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "Random networks measured whole, from which a correction of sums is learnt; default"
              + " ${DEFAULT-VALUE}.")
  private int learn;

  @Option(
      names = "--check",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "Other random networks measured whole, on which corrected sums are checked; default"
              + " ${DEFAULT-VALUE}.")
  private int check;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "What the device is called in the table; default its processor's name.")
  private String device;

  LatencyTableCommand(Surroundings surroundings) {
    this.caller = surroundings;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings = json.forPeople(caller);
    checkOptions();
    if (output != null && Files.exists(output)) {
      LatencyTable.read(output); // Nothing else is replaced.
    }
    SearchSettings settings =
        Configurations.read(ConfigSource.of(config), SearchSettings.class, Map.of());
    LatencyPlan plan = LatencyPlan.of(space(settings), learn, check, settings.seed());
    say(
        "%d operations and %d whole networks of %s",
        plan.operations(), plan.networks(), plan.space());
    if (program != null) {
      NativeRuntime.start();
      say("%d files in %s", DeviceProgram.write(plan, program), program);
      say("there: python3 measure.py --output latency.csv");
      say("then: espalier latency-table --config %s --import latency.csv --output FILE", config);
    } else {
      LatencyTable table = imported == null ? measured(plan) : imported(plan);
      describe(table);
      json.print(caller, () -> summary(table));
    }
    return ExitCode.DONE;
  }

  private void checkOptions() {
    within("--threads", threads, 1);
    within("--rounds", rounds, 1);
    within("--learn", learn, 0);
    within("--check", check, 0);
    if (program != null && (output != null || imported != null)) {
      throw new InputException("give --program, or --output with or without --import");
    }
    if (program == null && output == null) {
      throw new InputException(
          "give --output for the table, or --program for what measures it elsewhere");
    }
    if (program != null && json.given()) {
      throw new InputException("give --json with --output; --program writes no table");
    }
    if (imported != null) {
      refuseMeasuring();
    }
  }

  /** What only counts where something is measured is refused with what was measured elsewhere. */
  private void refuseMeasuring() {
    for (String option : List.of("--threads", "--rounds", "--learn", "--check", "--device")) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new InputException(
            "%s says how to measure, and --import measures nothing: the file says it"
                .formatted(option));
      }
    }
  }

  private Map<String, Object> summary(LatencyTable table) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("command", "latency-table");
    summary.put("output", output.toAbsolutePath().normalize().toString());
    summary.put("space", table.space());
    summary.put("device", table.device().describe());
    summary.put("operations", table.operations().size());
    summary.put("networksLearntFrom", table.correction().networks());
    summary.put("networksChecked", table.check().size());
    if (!table.check().isEmpty()) {
      summary.put("errorsOfSumsPercent", summary(table.check(), LatencyTable.Checked::errorOfSum));
      summary.put("errorsPercent", summary(table.check(), LatencyTable.Checked::error));
    }
    return summary;
  }

  private static Map<String, Object> summary(
      List<LatencyTable.Checked> checked, ToDoubleFunction<LatencyTable.Checked> error) {
    Errors errors = Errors.of(checked, error);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("median", errors.median());
    summary.put("worst", errors.worst());
    return summary;
  }

  private LatencyTable imported(LatencyPlan plan) {
    try {
      LatencyTable table = LatencyCsv.read(plan, Files.readString(imported), imported.toString());
      write(table.toJson());
      return table;
    } catch (CharacterCodingException notText) {
      throw new InputException("--import %s is not UTF-8 text".formatted(imported), notText);
    } catch (IOException e) {
      throw new InputException(
          "--import %s cannot be read: %s".formatted(imported, e.getMessage()), e);
    }
  }

  private static void within(String option, int given, int least) {
    if (given < least || given > MOST) {
      throw new InputException(
          "%s must be from %s to %s, got %s".formatted(option, least, MOST, given));
    }
  }

  private Space space(SearchSettings settings) {
    if (settings.data() == null
        || !(settings.method().settings() instanceof SearchedSpace searched)) {
      throw new InputException(
          "%s: the method %s does not search among the networks of one space, so there is no table for it"
              .formatted(config, settings.method().key()));
    }
    ImageDataset images =
        Datasets.open(settings.data(), HadoopFileSystems.configuration()).images();
    return searched.handedOver(images.shape(), images.classes().size());
  }

  private LatencyTable measured(LatencyPlan plan) {
    NativeRuntime.start();
    OnnxStopwatch stopwatch = new OnnxStopwatch(threads);
    LatencyRounds measurement = new LatencyRounds(plan, stopwatch, output);
    Instant begin = surroundings.clock().instant();
    LatencyTable table =
        measurement.measure(
            rounds,
            new LatencyTable.Device(
                device == null ? processor() : device,
                threads,
                stopwatch.runtime(),
                stopwatch.clock(),
                begin.toString()),
            new Progress(begin));
    write(table.toJson());
    measurement.forget();
    say("measured in %.1f s", seconds(begin));
    return table;
  }

  /** Says how far a measurement is, a few times. */
  private final class Progress implements LatencyRounds.Listener {
    private static final int TIMES = 4;

    private Instant begin;
    private int before;

    Progress(Instant begin) {
      this.begin = begin;
    }

    @Override
    public void ready(int models, int done) {
      String earlier = done == 0 ? "" : "; %s of %s rounds are there".formatted(done, rounds);
      say("%d networks ready after %.1f s%s", models, seconds(begin), earlier);
      begin = surroundings.clock().instant();
      before = done;
    }

    @Override
    public void round(int done) {
      if (done % Math.max(1, rounds / TIMES) == 0 && done < rounds) {
        double left = seconds(begin) / (done - before) * (rounds - done);
        say("round %d of %d, %.0f s left", done, rounds, left);
      }
    }
  }

  private double seconds(Instant begin) {
    return Duration.between(begin, surroundings.clock().instant()).toMillis() / 1e3;
  }

  /** Whole or not at all; what was there is a table of before, or stays. */
  private void write(String json) {
    Path part = output.resolveSibling(output.getFileName() + ".part");
    try {
      Files.writeString(part, json);
      Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InputException("cannot write --output %s: %s".formatted(output, e.getMessage()), e);
    }
  }

  private void describe(LatencyTable table) {
    LatencyTable.Correction correction = table.correction();
    say("%s", table.device().describe());
    if (correction.networks() > 0) {
      say(
          "correction from %d networks: %.2f microseconds a network; factors, and microseconds that"
              + " each operation takes besides: %s",
          correction.networks(),
          correction.network(),
          correction.factors().entrySet().stream()
              .map(each -> ofKind(each.getKey(), each.getValue(), correction))
              .collect(Collectors.joining("; ")));
    }
    if (correction.networks() == 0) {
      say("no whole networks were measured: sums are not corrected");
    }
    if (!table.check().isEmpty()) {
      List<LatencyTable.Checked> checked = table.check();
      say(
          "check on %d other networks of %.0f to %.0f microseconds: sums are off by %s, corrected"
              + " by %s",
          checked.size(),
          checked.stream().mapToDouble(LatencyTable.Checked::measured).min().orElseThrow(),
          checked.stream().mapToDouble(LatencyTable.Checked::measured).max().orElseThrow(),
          Errors.of(checked, LatencyTable.Checked::errorOfSum).describe(),
          Errors.of(checked, LatencyTable.Checked::error).describe());
    }
    say("%s", output);
  }

  private static String ofKind(String kind, double factor, LatencyTable.Correction correction) {
    double overhead = correction.overheads().getOrDefault(kind, 0.0);
    return String.format(Locale.ROOT, "%s %.2f, %.2f", kind, factor, overhead);
  }

  /**
   * How far a table is off on networks measured whole.
   *
   * @param median in percent of the measured time
   * @param worst in percent of the measured time
   */
  private record Errors(double median, double worst) {
    static Errors of(
        List<LatencyTable.Checked> checked, ToDoubleFunction<LatencyTable.Checked> error) {
      double[] sorted = checked.stream().mapToDouble(error).sorted().toArray();
      return new Errors(100 * sorted[sorted.length / 2], 100 * sorted[sorted.length - 1]);
    }

    String describe() {
      return String.format(Locale.ROOT, "%.1f %% (median) and %.1f %% (worst)", median, worst);
    }
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException unknown) {
      return System.getProperty("os.arch");
    }
  }

  private void say(String format, Object... arguments) {
    PrintWriter out = surroundings.out();
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
