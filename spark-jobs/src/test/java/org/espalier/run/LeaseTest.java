package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path folder;
  private RunFiles files;

  @BeforeEach
  void openFolder() {
    files = RunFiles.at(folder.toString());
  }

  @Test
  void aSecondHolderIsRefusedWithTheNameOfTheFirst() throws IOException {
    try (Lease first = Lease.take(files, at(NOON))) {
      first.check();

      assertThatThrownBy(() -> Lease.take(files, at(NOON.plusSeconds(59))))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("59 seconds ago");
    }
  }

  @Test
  void aLeaseGivenBackIsFree() throws IOException {
    Lease.take(files, at(NOON)).close();

    try (Lease second = Lease.take(files, at(NOON))) {
      second.check();
    }
  }

  @Test
  void aSilentHolderIsFollowedAndFindsOutBeforeItWrites() throws IOException {
    try (Lease first = Lease.take(files, at(NOON));
        Lease second = Lease.take(files, at(NOON.plusSeconds(61)))) {
      second.check();

      assertThatThrownBy(first::check)
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("taken over by");
    }
  }

  @Test
  void aHolderThatDiedOnThisMachineIsFollowedAtOnce() throws IOException {
    LeaseHolder self = LeaseHolder.self(NOON);
    LeaseHolder dead =
        new LeaseHolder(
            self.user(),
            self.host(),
            self.pid(),
            self.started() - 1000,
            self.heartbeat(),
            false,
            "");
    files.write(Lease.FOLDER + "/000007", dead.toJson());

    try (Lease lease = Lease.take(files, at(NOON))) {
      lease.check();
    }
    assertThat(folder.resolve("lease/000008")).exists();
    assertThat(folder.resolve("lease/000007")).doesNotExist();
  }

  @Test
  void aHolderOnAnotherMachineIsWaitedFor() throws IOException {
    files.write(
        Lease.FOLDER + "/000001",
        new LeaseHolder("ann", "elsewhere", 1, 1, NOON.toEpochMilli(), false, "").toJson());

    assertThatThrownBy(() -> Lease.take(files, at(NOON.plusSeconds(30))))
        .hasMessageContaining("ann on elsewhere, process 1, last heard of 30 seconds ago");
  }

  @Test
  void anotherAttemptOfTheSameApplicationFollowsAtOnceAndNobodyElse() throws IOException {
    LeaseHolder first = new LeaseHolder("ann", "one", 7, 1, NOON.toEpochMilli(), false, "app_1");
    LeaseHolder again = new LeaseHolder("ann", "two", 8, 2, NOON.toEpochMilli(), false, "app_1");
    LeaseHolder other = new LeaseHolder("ann", "two", 9, 3, NOON.toEpochMilli(), false, "app_2");
    LeaseHolder alone = new LeaseHolder("ann", "two", 9, 3, NOON.toEpochMilli(), false, "");

    assertThat(again.follows(first)).isTrue();
    assertThat(first.follows(first)).isFalse();
    assertThat(other.follows(first)).isFalse();
    assertThat(alone.follows(alone)).isFalse();
    assertThat(alone.follows(first)).isFalse();
    assertThat(first.describe(NOON)).startsWith("ann on one, process 7 (app_1), last heard of 0");
  }

  @Test
  void attemptsAreKnownByWhatSparkTellsThem() {
    Map<String, String> yarn = Map.of("spark.yarn.app.id", "application_1_2");
    Map<String, String> supervised =
        Map.of(
            "user.dir", "/spark/work/driver-20260101120000-0003",
            "spark.submit.deployMode", "cluster",
            "spark.master", "spark://one:7077");
    Map<String, String> submitted =
        Map.of("spark.espalier.submission", "token", "spark.submit.deployMode", "client");
    Map<String, String> client =
        Map.of("user.dir", "/spark/work/driver-20260101120000-0003", "spark.master", "local[2]");

    assertThat(applicationOf(yarn)).isEqualTo("application_1_2");
    assertThat(applicationOf(supervised)).isEqualTo("spark://one:7077 driver-20260101120000-0003");
    assertThat(applicationOf(submitted)).isEqualTo("token");
    assertThat(applicationOf(client)).isEmpty();
    assertThat(applicationOf(Map.of("user.dir", "/"))).isEmpty();
  }

  @Test
  void driversOfOneSubmissionThatWasStartedTwiceAreNotTheSameApplication() {
    assertThat(applicationOf(twice("spark.yarn.app.id", "application_1_1")))
        .isEqualTo("application_1_1");
    assertThat(applicationOf(twice("spark.yarn.app.id", "application_1_2")))
        .isEqualTo("application_1_2");
    assertThat(applicationOf(twice("user.dir", "/work/driver-20260101120000-0003")))
        .isEqualTo("spark://one:7077 driver-20260101120000-0003");
    assertThat(applicationOf(twice("user.dir", "/work/driver-20260101120000-0004")))
        .isEqualTo("spark://one:7077 driver-20260101120000-0004");
  }

  private static Map<String, String> twice(String key, String value) {
    return Map.of(
        "spark.espalier.submission",
        "token",
        "spark.submit.deployMode",
        "cluster",
        "spark.master",
        "spark://one:7077",
        key,
        value);
  }

  @Test
  void aLeaseThatIsJustBeingRenewedIsReadAgain() throws Exception {
    Files.createDirectories(folder.resolve("lease"));
    Files.writeString(folder.resolve("lease/000001"), "");
    LeaseHolder holder = new LeaseHolder("ann", "elsewhere", 1, 1, NOON.toEpochMilli(), false, "");
    Thread renewing =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(300);
                files.write("lease/000001", holder.toJson());
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    renewing.start();

    assertThatThrownBy(() -> Lease.take(files, at(NOON)))
        .hasMessageContaining("is being written by ann on elsewhere");
    renewing.join();
  }

  @Test
  void aLeaseWhoseWriterDiedOverItIsFollowed() throws IOException {
    Files.createDirectories(folder.resolve("lease"));
    Files.writeString(folder.resolve("lease/000001"), "{\"us");

    try (Lease lease = Lease.take(files, at(NOON))) {
      lease.check();
    }
  }

  private static String applicationOf(Map<String, String> properties) {
    return DriverApplication.of(name -> properties.getOrDefault(name, ""));
  }

  private static InstantSource at(Instant instant) {
    return InstantSource.fixed(instant);
  }
}
