package org.espalier.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private JsonOption json;

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(Examination.examine());
    findings.addAll(SparkExamination.examine(System.getenv("SPARK_HOME"), master));
    PrintWriter out = json.forPeople(surroundings).out();
    for (Finding finding : findings) {
      out.printf("%-8s %-16s %s%n", finding.level().word(), finding.subject(), finding.text());
      if (!finding.advice().isEmpty()) {
        out.printf("%-25s do: %s%n", "", finding.advice());
      }
    }
    Finding.Level worst =
        findings.stream().map(Finding::level).max(Comparator.naturalOrder()).orElseThrow();
    json.print(surroundings, () -> summary(worst, findings));
    return worst == Finding.Level.ERROR ? ExitCode.NO_RESOURCES : ExitCode.DONE;
  }

  private static Map<String, Object> summary(Finding.Level worst, List<Finding> findings) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("command", "doctor");
    summary.put("level", worst.word());
    summary.put("findings", findings.stream().map(DoctorCommand::summary).toList());
    return summary;
  }

  private static Map<String, String> summary(Finding finding) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put("level", finding.level().word());
    summary.put("subject", finding.subject());
    summary.put("text", finding.text());
    summary.put("advice", finding.advice());
    return summary;
  }
}
