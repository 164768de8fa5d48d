package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.espalier.config.ConfigException;
import org.espalier.config.ConfigSource;
import org.espalier.config.SettingsReader;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.data.DataException;
import org.espalier.job.TrainSettings;
import org.espalier.run.RunRefusedException;
import org.espalier.search.rounds.ItemFailedException;
import org.espalier.search.rounds.RoundFailedException;
import org.espalier.storage.ArchiveException;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FailuresTest {
  private final StringWriter text = new StringWriter();
  private final Failures failures = new Failures(new PrintWriter(text, true));

  @Test
  void badInputIsAnsweredByItsMessageAlone() {
    int code = failures.handle(new InputException("batchSize must be at least 1, got 0"));

    assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(text.toString().strip()).isEqualTo("espalier: batchSize must be at least 1, got 0");
  }

  @Test
  void eachProblemOfAConfigurationHasItsLineAndNamesFromFilesHaveNone() {
    Failures safe = new Failures(new Screen(text, Screen.UNLIMITED));
    String config = "sede: 1\nseed: x\n";

    try {
      SettingsReader.read(new ConfigSource("a.yaml", config), TrainSettings.class);
    } catch (ConfigException e) {
      safe.handle(e);
    }
    safe.handle(new InputException("no picture in class 'cat\nreport: fine\033[1A'"));

    assertThat(text.toString().lines())
        .hasSizeGreaterThan(3)
        .noneMatch(line -> line.startsWith("report") || line.contains("\033"))
        .anyMatch(line -> line.startsWith("a.yaml:2"))
        .contains("espalier: no picture in class 'cat\\nreport: fine\\u001b[1A'");
  }

  @Test
  void aMistakeOfTheProgramIsNotTakenForBadInput() throws Exception {
    for (RuntimeException mistake :
        List.of(
            new IllegalArgumentException("two blocks are called 'x'"),
            new NumberFormatException("For input string: \"1e\""))) {
      int code = failures.handle(mistake);

      assertThat(code).isEqualTo(ExitCode.UNEXPECTED);
      assertThat(log()).content().contains(mistake.toString(), "\tat ");
      Files.delete(log());
    }
  }

  @Test
  void whatFilesDataAndConfigurationsHoldIsInput() {
    List<Class<? extends RuntimeException>> ofTheUser =
        List.of(
            DataException.class,
            ArchiveException.class,
            ConfigException.class,
            RunRefusedException.class);

    assertThat(ofTheUser).allMatch(InputException.class::isAssignableFrom);
  }

  @Test
  void aBudgetThatNothingFitsHasItsOwnCode() {
    int code = failures.handle(new InfeasibleBudgetException(Budget.ofMacs(10).all().get(0), 1234));

    assertThat(code).isEqualTo(ExitCode.INFEASIBLE);
    assertThat(text.toString()).contains("budget of 10 MACs", "1,234", "raise the budget");
  }

  @Test
  void lackOfMemoryIsRecognisedUnderWhatWrapsIt() {
    Throwable deep = new IllegalStateException(new OutOfMemoryError("Java heap space"));

    int code = failures.handle(new RoundFailedException("round 3 failed", deep));

    assertThat(code).isEqualTo(ExitCode.NO_RESOURCES);
    assertThat(text.toString()).contains("out of memory: Java heap space", "ESPALIER_HEAP");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatCannotBeReadIsALackOfResourcesWhateverReadsIt() throws Exception {
    // Where a process has no memory, its reading is answered as by a broken disk.
    org.apache.hadoop.fs.Path broken = new org.apache.hadoop.fs.Path("file:/proc/self/mem");
    Throwable error;
    try (InputStream in = broken.getFileSystem(new Configuration()).open(broken)) {
      error = catchThrowable(in::read);
    }

    int code = failures.handle(new IllegalStateException(error));

    assertThat(code).isEqualTo(ExitCode.NO_RESOURCES);
    assertThat(text.toString()).contains("a disk cannot be read or written: Input/output error");
    Files.delete(log());
  }

  @Test
  void lackOfNativeMemoryAsksForNoMoreHeap() {
    Error full = new OutOfMemoryError("Cannot allocate: totalBytes = 0, physicalBytes = 301M");

    int code = failures.handle(new RoundFailedException("round 3 failed", full));

    assertThat(code).isEqualTo(ExitCode.NO_RESOURCES);
    assertThat(text.toString()).contains("ESPALIER_MEMORY").doesNotContain("ESPALIER_HEAP");
  }

  @Test
  void anItemThatFailsEverywhereIsNamedAndNoLackOfResources() throws Exception {
    int code =
        failures.handle(
            new ItemFailedException("round 3 failed: 'steps 2' threw", new RuntimeException("x")));

    assertThat(code).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(text.toString()).startsWith("espalier: round 3 failed: 'steps 2' threw");
    assertThat(log()).content().contains("Caused by: java.lang.RuntimeException: x");
    Files.delete(log());
  }

  @Test
  void theUnexpectedHasItsStackTraceInAFileAndNotOnTheTerminal() throws Exception {
    int code = failures.handle(new IllegalStateException("a bug"));

    assertThat(code).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(text.toString()).contains("a bug").doesNotContain("\tat ");
    assertThat(log()).content().contains("IllegalStateException: a bug", "\tat ");
    Files.delete(log());
  }

  /** The file that was named last. */
  private Path log() {
    Matcher file = Pattern.compile("Details: (\\S+)").matcher(text.toString());
    return Path.of(file.results().reduce((earlier, later) -> later).orElseThrow().group(1));
  }
}
