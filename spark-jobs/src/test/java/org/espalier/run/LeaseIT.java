package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers, which are two processes, and one run. */
class LeaseIT {
  private static final RunIdentity IDENTITY = new RunIdentity("search", "seed: 1\n");

  /** Shows quickly that it lives, and takes nobody for dead too soon. */
  private static final Lease.Pace PATIENT =
      new Lease.Pace(Duration.ofMillis(100), Duration.ofSeconds(60), Duration.ofMillis(20));

  /** Loses its patience within a second. */
  private static final Lease.Pace HASTY =
      new Lease.Pace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(20));

  @TempDir Path folder;
  private final List<Process> drivers = new ArrayList<>();

  @AfterEach
  void endDrivers() throws InterruptedException {
    for (Process driver : drivers) {
      driver.destroyForcibly().waitFor();
    }
  }

  @Test
  void aSecondDriverIsRefusedWithTheHoldersNameUntilTheFirstIsGone() throws Exception {
    Driver first = start("");
    int written = first.nextCheckpoint();

    Driver second = start("");

    assertThat(second.end())
        .contains(
            "is being written by " + System.getProperty("user.name"),
            "process " + first.process().pid());
    assertThat(first.nextCheckpoint()).isGreaterThan(written);
    first.process().destroyForcibly().waitFor();
    assertThat(start("").nextCheckpoint()).isGreaterThan(written);
  }

  @Test
  void aNewAttemptTakesOverAtOnceAndTheOldOneWritesNothingMore() throws Exception {
    Driver first = start("application_1_1");
    int written = first.nextCheckpoint();

    Driver again = start("application_1_1");

    assertThat(again.nextCheckpoint()).isGreaterThan(written);
    assertThat(first.end())
        .contains(
            "lost the run at",
            "taken over by " + System.getProperty("user.name"),
            "process " + again.process().pid() + " (application_1_1)");
    assertThat(again.nextCheckpoint()).isGreaterThan(written);
  }

  @Test
  void anotherApplicationIsRefused() throws Exception {
    Driver first = start("application_1_1");
    int unused = first.nextCheckpoint();

    Driver other = start("application_1_2");

    assertThat(other.end()).contains("is being written by", "(application_1_1)");
  }

  @Test
  void aKilledDriverIsFollowedWithoutWaiting() throws Exception {
    Driver first = start("");
    int written = first.nextCheckpoint();
    first.process().destroyForcibly().waitFor();
    List<String> waits = new ArrayList<>();

    try (RunDirectory run = open(folder, Lease.Pace.STANDARD, waits::add)) {
      assertThat(run.resumed().orElseThrow().number()).isGreaterThanOrEqualTo(written);
    }
    assertThat(waits).isEmpty();
  }

  @Test
  void aSuspendedDriverIsFollowedAndStopsWhenItWakes() throws Exception {
    Driver first = start("");
    int unused = first.nextCheckpoint();
    signal("STOP", first);
    List<String> waits = new ArrayList<>();

    try (RunDirectory run = open(folder, HASTY, waits::add)) {
      assertThat(run.resumed()).isPresent();
      signal("CONT", first);
      assertThat(first.end())
          .contains("lost the run at", "process " + ProcessHandle.current().pid());
    }
    assertThat(waits).singleElement().asString().contains("process " + first.process().pid());
  }

  @Test
  void aSuspendedDriverThatStillHasItsLeaseGoesOn() throws Exception {
    Driver first = start("");
    signal("STOP", first);
    signal("CONT", first);
    int written = first.nextCheckpoint();

    assertThat(first.nextCheckpoint()).isEqualTo(written + 1);
  }

  private static void signal(String name, Driver driver) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(driver.process().pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private Driver start(String application) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Dspark.yarn.app.id=" + application,
                "-cp",
                System.getProperty("java.class.path"),
                LeaseIT.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    drivers.add(process);
    return new Driver(process, process.inputReader());
  }

  private record Driver(Process process, BufferedReader said) {
    /** Waits for the number of the next checkpoint. */
    private int nextCheckpoint() throws IOException {
      return Integer.parseInt(said.readLine());
    }

    /** Waits for the end, and gives the last words. */
    private String end() throws IOException {
      String last = "";
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        last = line;
      }
      return last;
    }
  }

  /** Writes checkpoints until killed or refused, and says so. */
  public static void main(String[] arguments) throws InterruptedException {
    try (RunDirectory run = open(Path.of(arguments[0]), PATIENT, line -> {})) {
      int number = run.resumed().map(Checkpoint::number).orElse(0);
      while (true) {
        number++;
        run.checkpoint(Map.of("state", new byte[] {(byte) number}));
        System.out.println(number);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (RunRefusedException e) {
      System.out.println(e.getMessage());
    }
  }

  private static RunDirectory open(Path folder, Lease.Pace pace, Consumer<String> say) {
    RunFiles files = RunFiles.at(folder.resolve("run").toString());
    return RunDirectory.open(files, IDENTITY, false, () -> Lease.take(files, pace, say));
  }
}
