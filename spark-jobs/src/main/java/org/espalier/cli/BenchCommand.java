package org.espalier.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.espalier.bench.StepBenchmark;
import org.espalier.bench.Workload;
import org.espalier.export.bench.Dl4jStepBenchmark;
import org.espalier.export.bench.Dl4jWorkload;
import org.espalier.meta.MetaSteps;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measurements of speed, and of searches by the truth. */
@Command(name = "bench", description = "Measure speed, and searches by the truth.")
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to measure: steps, rounds, width-truth, cells-truth, meta-truth, tables, augment, augment-known");
  }

  /** The command with what it can measure. */
  static CommandLine line(Surroundings surroundings) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new Steps(surroundings))
        .addSubcommand(new BenchRounds(surroundings))
        .addSubcommand(new BenchWidthTruth(surroundings))
        .addSubcommand(new BenchCellsTruth(surroundings))
        .addSubcommand(new BenchMetaTruth(surroundings))
        .addSubcommand(new BenchTables(surroundings))
        .addSubcommand(new BenchAugment(surroundings))
        .addSubcommand(new BenchAugmentKnown(surroundings));
  }

  /** Times training steps. */
  @Command(
      name = "steps",
      description =
          "Time one training step of each network on one thread, and one meta-iteration of few-shot"
              + " learning: medians of processor and wall time in milliseconds, and bytes that did not fit into the arena.")
  static final class Steps implements Callable<Integer> {
    private static final int DL4J_WARM_UP = 5;

    private final Surroundings surroundings;

    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description = "Write the table here too, replacing an earlier one.")
    private Path csv;

    @Option(
        names = "--steps",
        paramLabel = "N",
        defaultValue = "15",
        description = "Steps measured; default ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
        names = "--dl4j",
        description =
            "Time separable and resnet20 on DL4J's own layers too, in rows named NAME-dl4j that"
                + " have processor time alone. Takes minutes.")
    private boolean dl4j;

    @Parameters(
        paramLabel = "WORKLOAD",
        arity = "0..*",
        description =
            "Which networks; default all of mixture, sampled, resnet20, narrow, separable,"
                + " tiny, aps, cells, cells-drawn, cells-mixture, meta.")
    private List<String> names = List.of();

    private final List<String> lines = new ArrayList<>();

    Steps(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
      Map<String, Supplier<org.espalier.bench.Steps>> known = known();
      List<String> labels = names.isEmpty() ? List.copyOf(known.keySet()) : names;
      labels.forEach(label -> check(label, known));
      CsvFile table = new CsvFile("--csv", csv, StepBenchmark.HEADER);
      NativeRuntime.start();
      surroundings.out().println(StepBenchmark.HEADER);
      for (String label : labels) {
        try (var timed = known.get(label).get()) {
          add(StepBenchmark.run(label, timed, StepBenchmark.WARM_UP, steps).csv());
        }
      }
      if (dl4j) {
        for (Dl4jWorkload workload : Dl4jWorkload.values()) {
          double cpu = Dl4jStepBenchmark.cpuMillis(workload, DL4J_WARM_UP, steps);
          add(String.format(Locale.ROOT, "%s-dl4j,%.2f,,", workload.label(), cpu));
        }
      }
      table.write(lines);
      return ExitCode.DONE;
    }

    private void add(String line) {
      surroundings.out().println(line);
      surroundings.out().flush();
      lines.add(line);
    }

    private static Map<String, Supplier<org.espalier.bench.Steps>> known() {
      Map<String, Supplier<org.espalier.bench.Steps>> known = new LinkedHashMap<>();
      for (Workload workload : Workload.values()) {
        known.put(workload.label(), workload::start);
      }
      known.put(MetaSteps.LABEL, MetaSteps::new);
      return known;
    }

    private static void check(String label, Map<String, Supplier<org.espalier.bench.Steps>> known) {
      if (!known.containsKey(label)) {
        throw new InputException(
            "unknown workload '%s'; %s"
                .formatted(
                    label,
                    Suggestion.closest(label, known.keySet())
                        .map(close -> "did you mean '" + close + "'?")
                        .orElse("expected one of " + String.join(", ", known.keySet()))));
      }
    }
  }
}
