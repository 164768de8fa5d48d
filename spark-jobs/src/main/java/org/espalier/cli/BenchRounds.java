package org.espalier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.frame.SpeedUpBenchmark;
import org.espalier.frame.StateBenchmark;
import org.espalier.spark.SparkCluster;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Times the frame around searches. */
@Command(
    name = "rounds",
    description =
        "Time what rounds cost beside their items. states: rounds that move states of several"
            + " sizes, in this process and on Spark. items: rounds of many small items. speedup:"
            + " two executors over one, beside two processes over one without Spark.")
final class BenchRounds implements Callable<Integer> {
  private static final String HEADER = "measure,value,unit";
  private static final int GROUPS = 16;
  private static final int MANY_GROUPS = 1000;
  private static final List<String> ALL = List.of("states", "items", "speedup");

  private final Surroundings surroundings;
  private final List<String> lines = new ArrayList<>();
  private CsvFile table;

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local[2]",
      description = "Spark's master; default ${DEFAULT-VALUE}.")
  private String master;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,10,40",
      description = "Sizes of states; default ${DEFAULT-VALUE}. 40 needs ESPALIER_HEAP=3g.")
  private List<Integer> megabytes;

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Small items of a round; default ${DEFAULT-VALUE}.")
  private int items;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each measurement is repeated; default ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "60",
      description = "Training steps of an item of the speed-up; default ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the table here too, replacing an earlier one.")
  private Path csv;

  @Parameters(
      paramLabel = "WHAT",
      arity = "0..*",
      description = "states, items, speedup; default all of them.")
  private List<String> what = ALL;

  BenchRounds(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    check();
    table = new CsvFile("--csv", csv, HEADER);
    SparkCluster cluster = SparkCluster.of(Master.checked(master));
    surroundings.out().println(HEADER);
    if (what.contains("states")) {
      for (int size : megabytes) {
        states(cluster, size);
      }
    }
    if (what.contains("items")) {
      for (int groups : new int[] {GROUPS, Math.max(GROUPS, Math.min(items, MANY_GROUPS))}) {
        pair(
            "%s small items in %s groups".formatted(items, groups),
            StateBenchmark.run(cluster, 1, items, groups, repeat));
      }
    }
    if (what.contains("speedup")) {
      speedUp(cluster);
    }
    return ExitCode.DONE;
  }

  private void check() {
    for (String each : what) {
      if (!ALL.contains(each)) {
        throw new InputException(
            "unknown measurement '%s'; expected one of %s".formatted(each, String.join(", ", ALL)));
      }
    }
    for (int size : megabytes) {
      atLeastOne("--megabytes", size);
    }
    atLeastOne("--items", items);
    atLeastOne("--repeat", repeat);
    atLeastOne("--steps", steps);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new InputException("%s must be at least 1, got %s".formatted(name, value));
    }
  }

  private void states(SparkCluster cluster, int size) {
    int floats = Math.multiplyExact(size, 1_000_000 / Float.BYTES);
    pair(
        "state of %s MB".formatted(size),
        StateBenchmark.run(cluster, floats, GROUPS, GROUPS, repeat));
  }

  private void pair(String measure, StateBenchmark.Result result) {
    line(measure + " here", 1000 * result.here(), "ms a round");
    line(measure + " on Spark", 1000 * result.spark(), "ms a round");
    line(measure + " difference", 1000 * (result.spark() - result.here()), "ms a round");
    line(measure + " here", 1000 * result.hereCpu(), "processor ms a round");
    line(measure + " on Spark", 1000 * result.sparkCpu(), "processor ms a round of this process");
  }

  private void speedUp(SparkCluster cluster) throws IOException {
    SpeedUpBenchmark.Result result = SpeedUpBenchmark.run(cluster, GROUPS, steps, repeat);
    line("one executor", result.sparkOne(), "s a round");
    line("two executors", result.sparkTwo(), "s a round");
    line("one process without Spark", result.alone(), "s for the same items");
    line("two processes without Spark", result.apart(), "s for the same items");
    line("speed-up of executors", result.sparkSpeedUp(), "times");
    line("speed-up of processes", result.processSpeedUp(), "times");
    line("share of the speed-up that is left", result.share(), "of 1");
  }

  private void line(String measure, double value, String unit) {
    say(String.format(Locale.ROOT, "%s,%.3f,%s", measure, value, unit));
  }

  private void say(String line) {
    surroundings.out().println(line);
    surroundings.out().flush();
    lines.add(line);
    table.write(lines);
  }
}
