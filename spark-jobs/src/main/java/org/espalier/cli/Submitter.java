package org.espalier.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.espalier.config.ConfigSource;
import org.espalier.launch.DeployMode;
import org.espalier.launch.DriverMemory;
import org.espalier.launch.Installation;
import org.espalier.launch.SparkSubmitLine;
import org.espalier.launch.Submission;
import org.espalier.run.DriverExit;
import org.espalier.run.RunRefusedException;
import org.espalier.run.RunStorageException;
import org.espalier.spark.NoExecutorsException;
import org.espalier.spark.SparkVersions;
import org.espalier.spark.StandaloneMaster;
import org.espalier.storage.Location;
import org.espalier.text.InputException;

/**
 * Hands a command over to Spark's own launcher, and says how it ended. Where there is no Spark
 * installation, a driver in client mode needs no launcher, and one in cluster mode is submitted by
 * the launcher that is among the program's own jars.
 */
final class Submitter {
  private static final System.Logger LOG = System.getLogger(Submitter.class.getName());
  private static final String SCALA = "2.13";
  private static final int POLL_SECONDS = 2;

  private final Surroundings surroundings;
  private final Surroundings people;
  private final RunOptions options;
  private final Optional<String> sparkHome;

  Submitter(Surroundings surroundings, RunOptions options) {
    this.surroundings = surroundings;
    this.people = options.json().forPeople(surroundings);
    this.options = options;
    this.sparkHome =
        Optional.ofNullable(System.getenv("SPARK_HOME")).filter(home -> !home.isEmpty());
  }

  /** Whether Spark's launcher has started this process. */
  static boolean submitted() {
    return System.getProperty("spark.submit.deployMode") != null;
  }

  /** Whether this process is a driver on a machine of a cluster. */
  static boolean onCluster() {
    // On Kubernetes Spark starts such a driver as one in client mode.
    return "cluster".equals(System.getProperty("spark.submit.deployMode"))
        || Boolean.getBoolean("spark.kubernetes.submitInDriver");
  }

  /** Whether somebody else than this process is to run the command. */
  boolean wanted() {
    if (options.printCommand()) {
      return true;
    }
    boolean elsewhere = sparkHome.isPresent() || options.deployMode() == DeployMode.CLUSTER;
    return elsewhere && !submitted() && !options.dryRun();
  }

  /**
   * Has the command run, or prints how it would be.
   *
   * @param arguments the command line, the command first
   * @param config as given, or empty
   * @param output folder of the run
   * @return the exit code
   */
  int submit(List<String> arguments, Optional<ConfigSource> config, String output) {
    String master = options.cluster().master();
    boolean cluster = options.deployMode() == DeployMode.CLUSTER;
    boolean printed = options.printCommand();
    if (printed && options.json().given()) {
      throw new InputException("--print-command prints a line for a shell; leave --json out");
    }
    String id = UUID.randomUUID().toString();
    Submission submission =
        new Submission(
            master,
            options.deployMode(),
            DriverMemory.ofHeap(Runtime.getRuntime().maxMemory()),
            options.gpu(),
            options.conf(),
            printed ? config.map(Submitter::absolute) : config,
            cluster || printed ? absolute(output) : output,
            printed ? Optional.empty() : Optional.of(id),
            printed ? absolute(arguments, output) : arguments);
    SparkSubmitLine line = SparkSubmitLine.of(submission, Installation.here());
    if (printed) {
      surroundings.out().print(line.forShell(launcher().orElse("spark-submit")));
      surroundings.out().println();
      return ExitCode.DONE;
    }
    if (launcher().isEmpty() && !master.startsWith("spark://")) {
      throw new InputException(
          "--master %s needs a Spark installation, which has what talks to it: set SPARK_HOME"
              .formatted(master));
    }
    checkVersions();
    int code = run(command(line), submission);
    return cluster ? outcome(submission.output(), id, code) : code;
  }

  /** Before anything is launched that could only fail. */
  private void checkVersions() {
    String driver =
        sparkHome.flatMap(home -> SparkVersions.of(Path.of(home))).orElse(SparkVersions.own());
    SparkVersions.refusal(driver)
        .ifPresent(
            refusal -> {
              throw new NoExecutorsException(
                  sparkHome.map(home -> "SPARK_HOME is " + home + ": ").orElse("") + refusal);
            });
    StandaloneMaster.check(options.cluster(), driver);
  }

  /** Shows what the driver says while it works, until the launcher that waits for it ends. */
  private void watch(Process process, Submission submission) throws InterruptedException {
    Optional<String> shown = Optional.empty();
    while (!process.waitFor(POLL_SECONDS, TimeUnit.SECONDS)) {
      try {
        Optional<String> said =
            DriverExit.progress(submission.output(), submission.id().orElseThrow());
        if (said.isPresent() && !said.equals(shown)) {
          people.out().println(said.get());
          shown = said;
        }
      } catch (RunStorageException | RunRefusedException e) {
        // It is asked again, and at the end once more, when it is said.
        LOG.log(System.Logger.Level.DEBUG, "no progress can be read", e);
      }
    }
  }

  private int run(List<String> command, Submission submission) {
    boolean cluster = options.deployMode() == DeployMode.CLUSTER;
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_SCALA_VERSION", SCALA);
    if (!options.cluster().remote()) {
      environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
    }
    environment.put("ESPALIER_TERMINAL", Boolean.toString(surroundings.terminal()));
    surroundings.out().flush();
    try {
      Process process = builder.start();
      // At Ctrl-C the terminal asks the process too; to ask it twice would end it at once.
      Runnable waiting =
          cluster ? () -> surroundings.err().println("espalier: the driver goes on") : () -> {};
      Interruption interruption = Interruption.listen(waiting, process::destroy);
      try {
        if (cluster) {
          watch(process, submission);
        }
        return process.waitFor();
      } finally {
        interruption.close();
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot start %s: %s; is SPARK_HOME right?".formatted(command.get(0), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.STOPPED;
    }
  }

  private int outcome(String output, String id, int code) {
    Optional<DriverExit> exit = DriverExit.take(output, id);
    if (exit.isPresent()) {
      if (exit.get().code() == ExitCode.DONE && options.json().given()) {
        RecordOutput.on(surroundings.out()).write(exit.get().message().strip() + "\n");
      } else if (!exit.get().message().isBlank()) {
        Screen to = exit.get().code() == ExitCode.DONE ? surroundings.out() : surroundings.err();
        exit.get().message().strip().lines().forEach(to::println);
      }
      return exit.get().code();
    }
    if (code == 130 || code == 143) {
      surroundings.err().printf("espalier: no longer watching; the run goes on in %s%n", output);
      return ExitCode.STOPPED;
    }
    surroundings
        .err()
        .printf(
            "espalier: the driver did not say in %s how it ended; either it was never started, or"
                + " it was killed: see above, and its log on the cluster's pages. The same command"
                + " goes on from the last checkpoint%n",
            output);
    return ExitCode.NO_RESOURCES;
  }

  private List<String> command(SparkSubmitLine line) {
    List<String> command = new ArrayList<>();
    launcher()
        .ifPresentOrElse(
            command::add,
            () -> {
              command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
              command.add("-cp");
              command.add(System.getProperty("java.class.path"));
              command.add("org.apache.spark.deploy.SparkSubmit");
            });
    command.addAll(line.arguments());
    return command;
  }

  private Optional<String> launcher() {
    return sparkHome.map(
        home -> Path.of(home, "bin", "spark-submit").toAbsolutePath().normalize().toString());
  }

  // A printed line is started from who knows which folder.
  private static List<String> absolute(List<String> arguments, String output) {
    List<String> words = new ArrayList<>();
    boolean path = false;
    for (String word : arguments) {
      if (word.startsWith("--config=") || word.startsWith("--output=")) {
        int value = word.indexOf('=') + 1;
        words.add(word.substring(0, value) + absolute(word.substring(value)));
      } else {
        words.add(path ? absolute(word) : word);
      }
      path = word.equals("--config") || word.equals("--output");
    }
    if (arguments.stream().noneMatch(word -> word.matches("--output(=.*)?"))) {
      words.addAll(List.of("--output", absolute(output)));
    }
    return words;
  }

  private static ConfigSource absolute(ConfigSource config) {
    return new ConfigSource(absolute(config.name()), config.text());
  }

  private static String absolute(String output) {
    return Location.isUri(output)
        ? output
        : new File(output).getAbsoluteFile().toPath().normalize().toString();
  }
}
