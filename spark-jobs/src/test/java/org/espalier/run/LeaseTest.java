package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final String ANN = "ann on elsewhere, process 1";
  private static final LeaseHolder HERE = holder("aa", "", "");

  /** Beats often, and never loses its patience within a test. */
  private static final Lease.Pace PATIENT =
      new Lease.Pace(Duration.ofMillis(20), Duration.ofHours(1), Duration.ofMillis(5));

  /** Never beats within a test, and waits for nobody long. */
  private static final Lease.Pace SILENT =
      new Lease.Pace(Duration.ofHours(1), Duration.ofMillis(50), Duration.ofMillis(5));

  @TempDir Path folder;
  private RunFiles files;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void openFolder() {
    files = RunFiles.at(folder.toString());
  }

  @Test
  void aSecondHolderIsRefusedWithTheNameOfTheFirstOnceThatBeats() throws IOException {
    try (Lease first = take(holder("bb", "", ""), PATIENT)) {
      first.check();

      assertThatThrownBy(() -> take(HERE, PATIENT))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("is being written by " + ANN);
    }
    assertThat(said)
        .containsExactly(
            "the run was held by %s; looking for up to 3600 s whether that still lives"
                .formatted(ANN));
  }

  @Test
  void aLeaseGivenBackIsFree() throws IOException {
    take(HERE, PATIENT).close();

    try (Lease second = take(holder("bb", "", ""), PATIENT)) {
      second.check();
    }
    assertThat(said).isEmpty();
  }

  @Test
  void aSilentHolderIsFollowedAndFindsOutBeforeItWrites() throws IOException {
    try (Lease first = take(holder("bb", "", ""), SILENT);
        Lease second = take(HERE, SILENT)) {
      second.check();
      second.checkIfLost();

      assertThatThrownBy(first::check)
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("taken over by " + ANN);
      assertThatThrownBy(first::checkIfLost).isInstanceOf(RunRefusedException.class);
    }
  }

  @Test
  void anotherHolderOfTheSameNumberInAFolderMadeAnewIsNotTheSame() throws Exception {
    try (Lease first = take(holder("bb", "", ""), PATIENT)) {
      deleteLeases(files);
      try (Lease second = take(HERE, SILENT)) {
        byte[] before = Files.readAllBytes(folder.resolve("lease/000001"));

        assertThatThrownBy(first::check).hasMessageContaining("taken over by " + ANN);
        TimeUnit.MILLISECONDS.sleep(100); // Beats of the first.
        second.check();
        assertThat(folder.resolve("lease/000001")).hasBinaryContent(before);
      }
    }
    assertThat(LeaseHolder.fromJson(Files.readAllBytes(folder.resolve("lease/000001"))))
        .hasValueSatisfying(holder -> assertThat(holder.released()).isTrue());
  }

  @Test
  void aLeaseThatWasRemovedIsLost() throws IOException {
    try (Lease lease = take(HERE, SILENT)) {
      deleteLeases(files);

      assertThatThrownBy(lease::check)
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("its lease was removed");
    }
    assertThat(folder.resolve("lease")).doesNotExist();
  }

  @Test
  void aHolderWhoseLockTheKernelTookBackIsFollowedAtOnce() throws IOException {
    Path lock = folder.resolve("lease/000007.bb.lock");
    Files.createDirectories(lock.getParent());
    Files.writeString(lock, "");
    String identity = LeaseLock.identity(lock);
    Assumptions.assumeFalse(identity.isEmpty(), "needs a local file system of Linux");
    files.write("lease/000007", holder("bb", "", identity).toJson());
    Files.writeString(folder.resolve("lease/notes.txt"), "of somebody");

    try (Lease lease = take(HERE, PATIENT)) {
      lease.check();
      assertThat(folder.resolve("lease/000008")).exists();
      assertThat(folder.resolve("lease/000007")).doesNotExist();
      assertThat(lock).doesNotExist();
      assertThat(folder.resolve("lease/notes.txt")).exists();
    }
    assertThat(said).isEmpty();
    assertThat(folder.resolve("lease").toFile().list())
        .containsExactlyInAnyOrder("000008", "notes.txt");
  }

  @Test
  void aLockProvesNothingOnAnotherBootOrForAnotherFileOrWhileItIsHeld() throws IOException {
    Path lock = folder.resolve("lock");
    Path other = folder.resolve("other");
    Files.writeString(lock, "");
    Files.writeString(other, "");
    String identity = LeaseLock.identity(lock);
    Assumptions.assumeFalse(identity.isEmpty(), "needs a local file system of Linux");

    assertThat(LeaseLock.abandoned(lock, "")).isFalse();
    assertThat(LeaseLock.abandoned(lock, "another-boot" + identity.substring(36))).isFalse();
    assertThat(LeaseLock.abandoned(other, identity)).isFalse();
    assertThat(LeaseLock.abandoned(folder.resolve("missing"), identity)).isFalse();
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(LeaseLock.abandoned(lock, identity)).isFalse();
    }
    assertThat(LeaseLock.abandoned(lock, identity)).isTrue();
    assertThat(lock).doesNotExist();
  }

  @Test
  void stillnessIsCountedInLooksSoThatASuspendedObserverJumpsToNoConclusion() {
    Lease.Stillness stillness = new Lease.Stillness(Lease.Pace.STANDARD, 0);
    long second = Duration.ofSeconds(1).toNanos();
    long hour = Duration.ofHours(1).toNanos();

    assertThat(stillness.over(10 * hour)).isFalse();
    for (int look = 1; look < 59; look++) {
      assertThat(stillness.over(10 * hour + look * second)).isFalse();
    }
    assertThat(stillness.over(20 * hour)).isTrue();
  }

  @Test
  void anotherAttemptOfTheSameApplicationFollowsAtOnceAndNobodyElse() throws IOException {
    LeaseHolder first = holder("aa", "app_1", "");
    LeaseHolder again = holder("bb", "app_1", "");
    LeaseHolder other = holder("cc", "app_2", "");
    LeaseHolder alone = holder("dd", "", "");

    assertThat(again.follows(first)).isTrue();
    assertThat(first.follows(first)).isFalse();
    assertThat(other.follows(first)).isFalse();
    assertThat(alone.follows(alone)).isFalse();
    assertThat(alone.follows(first)).isFalse();
    assertThat(first.describe()).isEqualTo(ANN + " (app_1)");
    try (Lease old = take(first, PATIENT);
        Lease current = take(again, PATIENT)) {
      current.check();
      assertThatThrownBy(old::check).hasMessageContaining("taken over by");
    }
    assertThat(said).isEmpty();
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
    Thread renewing =
        new Thread(
            () -> {
              try {
                for (int beat = 0; beat < 100; beat++) {
                  TimeUnit.MILLISECONDS.sleep(50);
                  files.write(
                      "lease/000001",
                      new LeaseHolder("bb", "ann", "elsewhere", 1, beat, false, "", "").toJson());
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    renewing.start();

    assertThatThrownBy(() -> take(HERE, PATIENT))
        .hasMessageContaining("is being written by " + ANN);
    renewing.interrupt();
    renewing.join();
  }

  @Test
  void aLeaseWhoseWriterDiedOverItIsFollowed() throws IOException {
    Files.createDirectories(folder.resolve("lease"));
    Files.writeString(folder.resolve("lease/000001"), "{\"us");

    try (Lease lease = take(HERE, SILENT)) {
      lease.check();
    }
    assertThat(said).singleElement().asString().contains("somebody on an unknown machine");
  }

  @Test
  void aLeaseOfAnEarlierVersionIsUnderstood() throws IOException {
    String before =
        "{\"user\":\"ann\",\"host\":\"elsewhere\",\"pid\":1,\"started\":5,\"heartbeat\":7,"
            + "\"released\":true,\"application\":\"\"}";
    Files.createDirectories(folder.resolve("lease"));
    Files.writeString(folder.resolve("lease/000001"), before);

    try (Lease lease = take(HERE, PATIENT)) {
      lease.check();
    }
    assertThat(said).isEmpty();
  }

  private Lease take(LeaseHolder self, Lease.Pace pace) throws IOException {
    return Lease.take(files, self, pace, said::add);
  }

  private static LeaseHolder holder(String process, String application, String lock) {
    return new LeaseHolder(process, "ann", "elsewhere", 1, 0, false, application, lock);
  }

  private static String applicationOf(Map<String, String> properties) {
    return DriverApplication.of(name -> properties.getOrDefault(name, ""));
  }

  private static void deleteLeases(RunFiles files) throws IOException {
    for (String name : files.list(Lease.FOLDER)) {
      files.delete(Lease.FOLDER + "/" + name);
    }
    files.delete(Lease.FOLDER);
  }
}
