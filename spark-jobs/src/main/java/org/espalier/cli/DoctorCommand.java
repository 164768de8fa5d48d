package org.espalier.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether this machine can run the program well. */
@Command(
    name = "doctor",
    description = "Look whether this machine can run espalier well, and say what to do if not.")
final class DoctorCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Look at this standalone master of Spark too: spark://host:port.")
  private String master;

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(Examination.examine());
    findings.addAll(SparkExamination.examine(System.getenv("SPARK_HOME"), master));
    for (Finding finding : findings) {
      surroundings
          .out()
          .printf("%-8s %-16s %s%n", finding.level().word(), finding.subject(), finding.text());
      if (!finding.advice().isEmpty()) {
        surroundings.out().printf("%-25s do: %s%n", "", finding.advice());
      }
    }
    Finding.Level worst =
        findings.stream().map(Finding::level).max(Comparator.naturalOrder()).orElseThrow();
    return worst == Finding.Level.ERROR ? ExitCode.NO_RESOURCES : ExitCode.DONE;
  }
}
