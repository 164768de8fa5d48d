package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverExitTest {
  private static final String SUBMISSION = "6f1c1b3e-2a4d-4c55-9d0e-0a1b2c3d4e5f";

  @TempDir Path folder;

  @Test
  void eachSubmissionReadsItsOwnOnce() {
    String run = folder.resolve("run").toString();
    DriverExit exit = new DriverExit(2, "espalier: it was\n\"bad\" input");

    exit.write(run, "a");

    assertThat(DriverExit.take(run, "b")).isEmpty();
    assertThat(DriverExit.take(run, "a")).contains(exit);
    assertThat(DriverExit.take(run, "a")).isEmpty();
  }

  @Test
  void whatADriverSaysWhileItWorksIsNoEnd() {
    String run = folder.resolve("run").toString();
    assertThat(DriverExit.progress(run, "a")).isEmpty();

    DriverExit.running(run, "a", "12 % done");

    assertThat(DriverExit.progress(run, "a")).contains("12 % done");
    assertThat(DriverExit.take(run, "a")).as("killed meanwhile").isEmpty();
    assertThat(DriverExit.progress(run, "a")).isEmpty();
    DriverExit.running(run, "b", "90 %");
    new DriverExit(0, "done").write(run, "b");
    assertThat(DriverExit.progress(run, "b")).isEmpty();
    assertThat(DriverExit.take(run, "b")).contains(new DriverExit(0, "done"));
  }

  @Test
  void whatAnEarlierAttemptSaidIsRemovedOnceTheNextBegins() {
    String run = folder.resolve("run").toString();
    new DriverExit(0, "done").write(run, "a");
    new DriverExit(1, "failed").write(run, "b");

    DriverExit.clear(run, "a");
    DriverExit.clear(run, "never written");

    assertThat(DriverExit.take(run, "a")).isEmpty();
    assertThat(DriverExit.take(run, "b")).isPresent();
  }

  @Test
  void aFolderThatHoldsNothingElseCanStillBecomeARun() {
    String run = folder.resolve("run").toString();
    new DriverExit(2, "bad input").write(run, SUBMISSION);

    try (RunDirectory opened =
        RunDirectory.open(run, new RunIdentity("search", "seed: 1\n"), false, line -> {})) {
      assertThat(opened.resumed()).isEmpty();
    }
    assertThat(DriverExit.take(run, SUBMISSION)).isPresent();
  }
}
