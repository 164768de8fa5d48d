package org.espalier.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.espalier.launch.SparkSubmitLine;
import org.espalier.spark.NativeCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The program {@code espalier}. */
public final class Main {
  private static final AtomicBoolean ENDING = new AtomicBoolean();

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Our own code names its locale; what Spark, ND4J and others write should not depend on it
    // either.
    Locale.setDefault(Locale.ROOT);
    boolean terminal = Boolean.parseBoolean(System.getenv("ESPALIER_TERMINAL"));
    boolean errors = Boolean.parseBoolean(System.getenv("ESPALIER_TERMINAL_ERRORS"));
    IntSupplier width = terminal || errors ? new TerminalWidth() : Screen.UNLIMITED;
    Screen out = screen(FileDescriptor.out, terminal ? width : Screen.UNLIMITED);
    Screen err = screen(FileDescriptor.err, errors ? width : Screen.UNLIMITED);
    int code;
    try {
      code = begin(arguments, new Surroundings(out, err, terminal, InstantSource.system()));
    } catch (RuntimeException | Error e) {
      code = new Failures(err).handle(e);
    }
    out.flush();
    err.flush();
    // YARN takes a driver that ends its process, even with 0, for one that failed.
    if (code != ExitCode.DONE || !"yarn".equals(System.getProperty("spark.master"))) {
      System.exit(code);
    }
  }

  private static int begin(String[] arguments, Surroundings surroundings) {
    Screen out = surroundings.out();
    Screen err = surroundings.err();
    String submission = System.getProperty(SparkSubmitLine.SUBMISSION);
    String folder = System.getProperty(SparkSubmitLine.EXIT_FOLDER);
    LogFolder.choose(err);
    logAll();
    Account.complete();
    if (!Submitter.onCluster()) {
      // Until a run listens itself, and where there is none.
      Interruption.listen(() -> end(out, err));
    }
    return folder == null || submission == null
        ? run(arguments, surroundings)
        : ClusterDriver.run(arguments, out, err, folder, submission);
  }

  /**
   * Runs a command line in this process.
   *
   * @param arguments as after the program's name
   * @param out for results
   * @param err for messages
   * @return the exit code
   */
  public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return run(
        arguments, new Surroundings(Screen.of(out), Screen.of(err), false, InstantSource.system()));
  }

  // Picocli hands over exceptions of commands; errors, such as lack of memory, come through, and
  // what is thrown before a command begins.
  private static int run(String[] arguments, Surroundings surroundings) {
    Failures failures = new Failures(surroundings.err());
    int code;
    try {
      LostCharacters.refuse(List.of(arguments), System.getProperty("user.dir"));
      code = line(surroundings, failures).execute(arguments);
    } catch (RuntimeException | Error e) {
      code = failures.handle(e);
    }
    surroundings.out().flush();
    surroundings.err().flush();
    return code;
  }

  private static CommandLine line(Surroundings surroundings, Failures failures) {
    CommandLine line =
        new CommandLine(new EspalierCommand()).addSubcommand(new QuickstartCommand(surroundings));
    SearchCommand.lines(surroundings).forEach(line::addSubcommand);
    line.addSubcommand(TrainCommand.line(surroundings))
        .addSubcommand(AdaptCommand.line(surroundings))
        .addSubcommand(new MetaEvaluateCommand(surroundings))
        .addSubcommand(new RunsCommand(surroundings))
        .addSubcommand(new EvaluateCommand(surroundings))
        .addSubcommand(new PredictCommand(surroundings))
        .addSubcommand(new ExportCommand(surroundings))
        .addSubcommand(new CostCommand(surroundings))
        .addSubcommand(new LatencyTableCommand(surroundings))
        .addSubcommand("bench", BenchCommand.line(surroundings))
        .addSubcommand(new DoctorCommand(surroundings))
        .addSubcommand("completion", completion())
        .addSubcommand(new HelpCommand())
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(surroundings.terminal());
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Say which version this is and end.")
                .build());
    allCommands(line, failures);
    line.setExecutionStrategy(parsed -> perform(parsed, failures));
    return line;
  }

  private static CommandLine completion() {
    CommandLine completion = new CommandLine(new GenerateCompletion());
    completion
        .getCommandSpec()
        .name("completion")
        .usageMessage()
        .description("Print a script that completes commands and options in bash and zsh.")
        .footer("", "source <(submit/espalier completion)");
    return completion;
  }

  private static int perform(ParseResult parsed, Failures failures) {
    try {
      NativeCache.choose();
    } catch (RuntimeException | Error e) {
      return failures.handle(e);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static void allCommands(CommandLine line, Failures failures) {
    // Commands that come with picocli have one.
    if (line.getCommandSpec().findOption("--help") == null) {
      line.getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Say what there is and end.")
                  .build());
    }
    line.setParameterExceptionHandler(failures);
    line.setExecutionExceptionHandler(failures);
    line.getSubcommands().values().forEach(each -> allCommands(each, failures));
  }

  /** What libraries say by Java's own logging, and what ends their threads, goes to the log. */
  private static void logAll() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Logger log = LoggerFactory.getLogger(Main.class);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) -> log.error("{} ended", thread.getName(), problem));
  }

  // What is at work fails as the process ends, and would complain.
  private static void end(Screen out, Screen err) {
    if (ENDING.getAndSet(true)) {
      Runtime.getRuntime().halt(ExitCode.STOPPED);
    }
    err.println("espalier: stopped");
    out.silence();
    err.silence();
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    System.exit(ExitCode.STOPPED);
  }

  private static Screen screen(FileDescriptor descriptor, IntSupplier width) {
    // No PrintStream: it would not tell that nobody reads any more.
    return new Screen(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), width);
  }
}
