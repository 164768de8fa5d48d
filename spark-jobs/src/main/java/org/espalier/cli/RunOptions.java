package org.espalier.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.config.ConfigSource;
import org.espalier.launch.DeployMode;
import org.espalier.launch.Installation;
import org.espalier.spark.ExecutorSize;
import org.espalier.spark.SparkCluster;
import org.espalier.text.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options of every command that makes a run. */
final class RunOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration in YAML; see conf/ for commented examples.")
  private String config;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description =
          "Folder of the run: a local path, or a URI of any Hadoop file system. Default"
              + " runs/NAME, from the name of the configuration.")
  private String output;

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local[*]",
      description = "Spark's master; default ${DEFAULT-VALUE}. It changes no result.")
  private String master;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "In place of the seed in the configuration.")
  private Long seed;

  @Option(
      names = "--dry-run",
      description = "Say what would be done, with its cost and memory, and end.")
  private boolean dryRun;

  @Option(names = "--fresh", description = "Remove a run that is in the folder and begin anew.")
  private boolean fresh;

  @Option(
      names = "--executor-cores",
      paramLabel = "N",
      defaultValue = "1",
      description = "Items an executor performs at once; default ${DEFAULT-VALUE}.")
  private int executorCores;

  @Option(
      names = "--executor-memory",
      paramLabel = "SIZE",
      description =
          "Memory of an executor, heap and native memory together, such as 3g; default 2g and 1g a"
              + " core.")
  private String executorMemory;

  @Option(names = "--gpu", description = "Ask for one GPU for each executor.")
  private boolean gpu;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, such as spark.cores.max=8; may be given again.")
  private Map<String, String> conf = Map.of();

  @Option(
      names = "--deploy-mode",
      paramLabel = "MODE",
      defaultValue = "client",
      description =
          "Where the driver lives: client (here) or cluster (on a machine of the cluster); default"
              + " ${DEFAULT-VALUE}.")
  private DeployMode deployMode;

  @Option(
      names = "--print-command",
      description = "Print the line of spark-submit that would start this, and end.")
  private boolean printCommand;

  @Mixin private JsonOption json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** What acts on a cluster alone, with the reason why it is refused elsewhere. */
  private static final List<String> OF_EXECUTORS =
      List.of("--gpu", "--executor-cores", "--executor-memory");

  private static final List<String> OF_SPARK =
      List.of("--conf", "--deploy-mode", "--print-command");

  /** Takes what acts on Spark alone out of the help of a command that works in one process. */
  static CommandLine withoutSpark(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    for (String name : ofSpark()) {
      OptionSpec option = command.findOption(name);
      command.remove(option);
      command.addOption(OptionSpec.builder(option).hidden(true).build());
    }
    return line;
  }

  private static List<String> ofSpark() {
    return Stream.concat(OF_EXECUTORS.stream(), OF_SPARK.stream()).toList();
  }

  /** Refuses options that a command in one process would ignore. */
  void refuseSpark() {
    given(ofSpark())
        .ifPresent(
            option -> {
              throw new InputException(
                  "this command works in one process, so it takes no %s; 'espalier search' does"
                      .formatted(option));
            });
  }

  /** Refuses options that the master would ignore. */
  private void refuseIgnored(SparkCluster cluster) {
    if (!cluster.local()) {
      return;
    }
    given(OF_EXECUTORS)
        .ifPresent(
            option -> {
              throw new InputException(
                  ("%s is for executors, and --master %s has none: the driver performs the items;"
                          + " leave it out, or name a cluster")
                      .formatted(option, master));
            });
    if (deployMode == DeployMode.CLUSTER) {
      throw new InputException(
          "--deploy-mode cluster needs a cluster, and --master %s is this process"
              .formatted(master));
    }
  }

  private Optional<String> given(List<String> names) {
    ParseResult parsed = command.commandLine().getParseResult();
    return names.stream().filter(parsed::hasMatchedOption).findFirst();
  }

  /** The whole command line, the command first. */
  List<String> arguments() {
    return command.root().commandLine().getParseResult().originalArgs();
  }

  JsonOption json() {
    return json;
  }

  DeployMode deployMode() {
    return deployMode;
  }

  boolean printCommand() {
    return printCommand;
  }

  boolean gpu() {
    return gpu;
  }

  Map<String, String> conf() {
    return conf;
  }

  /** Where a search runs. */
  SparkCluster cluster() {
    ExecutorSize usual = ExecutorSize.standard(executorCores, gpu);
    ExecutorSize size =
        executorMemory == null
            ? usual
            : new ExecutorSize(executorCores, ExecutorSize.bytes(executorMemory), gpu);
    Map<String, String> settings = new HashMap<>(conf);
    // Spark's own launcher has said already what to ship; a driver that runs here says it itself.
    if (!Submitter.submitted() && !Installation.here().jars().isEmpty()) {
      settings.putIfAbsent("spark.jars", String.join(",", Installation.here().jars()));
    }
    SparkCluster cluster = new SparkCluster(Master.checked(master), size, settings);
    refuseIgnored(cluster);
    return cluster;
  }

  Optional<ConfigSource> config() {
    return Optional.ofNullable(config).map(ConfigSource::at);
  }

  Optional<String> output() {
    return Optional.ofNullable(output);
  }

  Optional<Long> seed() {
    return Optional.ofNullable(seed);
  }

  String master() {
    return master;
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean fresh() {
    return fresh;
  }
}
