package org.espalier.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: without a command it only says what commands there are. */
@Command(
    name = "espalier",
    versionProvider = Version.class,
    description = "Searches, trains and exports small neural networks on Apache Spark.",
    footer = {
      "",
      "Exit codes: 0 done, 1 unexpected, 2 bad input, 3 infeasible budget, 4 no resources,",
      "130 stopped (run the same command again to go on)."
    })
final class EspalierCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(
        line,
        "no command given, expected one of " + String.join(", ", line.getSubcommands().keySet()));
  }
}
