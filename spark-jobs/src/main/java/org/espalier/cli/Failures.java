package org.espalier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FSError;
import org.espalier.config.ConfigException;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.data.DataStorageException;
import org.espalier.export.ExportProofException;
import org.espalier.job.StoppedException;
import org.espalier.run.RunStorageException;
import org.espalier.search.rounds.ItemFailedException;
import org.espalier.search.rounds.PlatformException;
import org.espalier.search.rounds.RoundFailedException;
import org.espalier.spark.InsufficientMemoryException;
import org.espalier.spark.NoExecutorsException;
import org.espalier.tensor.DeviceException;
import org.espalier.tensor.NativeLibraryException;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;
import org.espalier.training.DivergenceException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into a message and an exit code. Stack traces go to a file, never to the
 * terminal.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintWriter err;

  Failures(PrintWriter err) {
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    CommandLine line = problem.getCommandLine();
    // Picocli writes a word twice in one of its messages, and another before some.
    String message =
        problem.getMessage().replace("option option", "option").replaceFirst("^Error: ", "");
    err.println("espalier: " + message + suggestion(problem, line));
    err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.BAD_INPUT;
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine line, ParseResult parsed) {
    return handle(problem);
  }

  /** Says what went wrong. */
  int handle(Throwable problem) {
    Throwable known = known(problem);
    if (known instanceof StoppedException) {
      err.println("espalier: " + known.getMessage() + "; run the same command again to go on");
      return ExitCode.STOPPED;
    } else if (known instanceof InfeasibleBudgetException) {
      err.println("espalier: " + known.getMessage() + "; raise the budget, or allow less");
      return ExitCode.INFEASIBLE;
    } else if (known instanceof ConfigException wrong) {
      err.println("espalier: " + wrong.problems().get(0));
      wrong.problems().stream().skip(1).forEach(err::println);
      return ExitCode.BAD_INPUT;
    } else if (badInput(known)) {
      err.println(message(known));
      return ExitCode.BAD_INPUT;
    } else if (noResources(known)) {
      err.println(message(known));
      err.println("Details: " + log(problem));
      return ExitCode.NO_RESOURCES;
    }
    err.println(
        known instanceof ExportProofException || known instanceof ItemFailedException
            ? message(known)
            : "espalier: something unexpected went wrong: " + known);
    err.println("Details: " + log(problem));
    return ExitCode.UNEXPECTED;
  }

  private static boolean badInput(Throwable problem) {
    return problem instanceof InputException
        || problem instanceof DivergenceException
        || problem instanceof PlatformException;
  }

  private static boolean noResources(Throwable problem) {
    return problem instanceof NoExecutorsException
        || problem instanceof InsufficientMemoryException
        || problem instanceof DeviceException
        || problem instanceof DataStorageException
        || problem instanceof RunStorageException
        || problem instanceof OutputFailedException
        || problem instanceof FSError
        || problem instanceof RoundFailedException
        || problem instanceof OutOfMemoryError
        || problem instanceof NativeLibraryException
        || problem instanceof UnsatisfiedLinkError;
  }

  private static String suggestion(ParameterException problem, CommandLine line) {
    if (!(problem instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return "";
    }
    String word = unmatched.getUnmatched().get(0);
    java.util.List<String> known = new java.util.ArrayList<>();
    if (word.startsWith("-")) {
      line.getCommandSpec().options().forEach(option -> known.add(option.longestName()));
    } else {
      known.addAll(line.getSubcommands().keySet());
    }
    return Suggestion.closest(word, known)
        .map(close -> "; did you mean '" + close + "'?")
        .orElse(known.isEmpty() ? "" : "; expected one of " + String.join(", ", known));
  }

  private static String message(Throwable problem) {
    if (problem instanceof OutOfMemoryError && ofProcess(problem)) {
      return "espalier: out of memory: %s; set ESPALIER_MEMORY, the most memory of the process in all, to more than %s, or use a smaller batch"
          .formatted(
              problem.getMessage(),
              System.getProperty("org.bytedeco.javacpp.maxphysicalbytes", "4 times the heap"));
    } else if (problem instanceof OutOfMemoryError) {
      return ("espalier: out of memory: %s; the heap is %s MB, set ESPALIER_HEAP to give more, or"
              + " use a smaller batch")
          .formatted(problem.getMessage(), Runtime.getRuntime().maxMemory() >> 20);
    } else if (problem instanceof FSError) {
      return "espalier: a disk cannot be read or written: %s; free some space, or look at the disk"
          .formatted(problem.getCause() == null ? problem : problem.getCause().getMessage());
    } else if (problem instanceof UnsatisfiedLinkError) {
      return "espalier: a native library does not load: %s; 'espalier doctor' says more"
          .formatted(problem.getMessage());
    }
    return "espalier: " + problem.getMessage();
  }

  /** Whether native memory is full rather than the heap, as JavaCPP says it. */
  private static boolean ofProcess(Throwable problem) {
    String text = String.valueOf(problem.getMessage());
    return text.contains("hysicalBytes") || text.contains("maxBytes");
  }

  // Spark and futures wrap what went wrong; memory and disks are recognised however deep it is.
  private static Throwable known(Throwable problem) {
    for (Throwable each = problem; each != null; each = each.getCause()) {
      if (each instanceof OutOfMemoryError) {
        return each;
      }
    }
    for (Throwable each = problem; each != null; each = each.getCause()) {
      if (badInput(each) || noResources(each)) {
        return each instanceof FSError
            ? each
            : problem; // others have said already which file it is
      }
    }
    return problem;
  }

  private static String log(Throwable problem) {
    try {
      String folder = System.getProperty("espalier.log", System.getProperty("java.io.tmpdir"));
      Path file =
          Files.createTempFile(Files.createDirectories(Path.of(folder)), "espalier-error-", ".log");
      try (PrintWriter writer = new Screen(Files.newBufferedWriter(file), Screen.UNLIMITED)) {
        problem.printStackTrace(writer);
      }
      return file.toString();
    } catch (IOException e) {
      return "could not be written: " + e.getMessage();
    }
  }
}
