package org.espalier.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.espalier.launch.SparkSubmitLine;
import org.espalier.spark.NativeCache;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The program {@code espalier}. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    LogFolder.choose(err);
    boolean terminal = Boolean.parseBoolean(System.getenv("ESPALIER_TERMINAL"));
    String submission = System.getProperty(SparkSubmitLine.SUBMISSION);
    String folder = System.getProperty(SparkSubmitLine.EXIT_FOLDER);
    Account.complete();
    int code =
        folder == null || submission == null
            ? run(arguments, new Surroundings(out, err, terminal, InstantSource.system()))
            : ClusterDriver.run(arguments, out, err, folder, submission);
    out.flush();
    err.flush();
    // YARN takes a driver that ends its process, even with 0, for one that failed.
    if (code != ExitCode.DONE || !"yarn".equals(System.getProperty("spark.master"))) {
      System.exit(code);
    }
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
        arguments,
        new Surroundings(
            RedactingWriter.printer(out),
            RedactingWriter.printer(err),
            false,
            InstantSource.system()));
  }

  private static int run(String[] arguments, Surroundings surroundings) {
    CommandLine line =
        new CommandLine(new EspalierCommand()).addSubcommand(new QuickstartCommand(surroundings));
    SearchCommand.lines(surroundings).forEach(line::addSubcommand);
    line.addSubcommand(TrainCommand.line(surroundings))
        .addSubcommand(new EvaluateCommand(surroundings))
        .addSubcommand(new ExportCommand(surroundings))
        .addSubcommand(new CostCommand(surroundings))
        .addSubcommand("bench", BenchCommand.line(surroundings))
        .addSubcommand(new DoctorCommand(surroundings))
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
    Failures failures = new Failures(surroundings.err());
    allCommands(line, failures);
    line.setExecutionStrategy(Main::perform);
    int code = execute(line, arguments, failures);
    surroundings.out().flush();
    surroundings.err().flush();
    return code;
  }

  // Picocli hands over exceptions of commands; errors, such as lack of memory, come through, and
  // what is thrown before a command begins.
  private static int execute(CommandLine line, String[] arguments, Failures failures) {
    try {
      LostCharacters.refuse(List.of(arguments), System.getProperty("user.dir"));
      return line.execute(arguments);
    } catch (Error | RuntimeException e) {
      return failures.handle(e);
    }
  }

  private static int perform(ParseResult parsed) {
    NativeCache.choose();
    return new CommandLine.RunLast().execute(parsed);
  }

  private static void allCommands(CommandLine line, Failures failures) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Say what there is and end.")
                .build());
    line.setParameterExceptionHandler(failures);
    line.setExecutionExceptionHandler(failures);
    line.getSubcommands().values().forEach(each -> allCommands(each, failures));
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    PrintStream stream =
        new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    return RedactingWriter.printer(new PrintWriter(stream, true, StandardCharsets.UTF_8));
  }
}
