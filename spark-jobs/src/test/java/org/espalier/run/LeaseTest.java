package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
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
            self.user(), self.host(), self.pid(), self.started() - 1000, self.heartbeat(), false);
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
        new LeaseHolder("ann", "elsewhere", 1, 1, NOON.toEpochMilli(), false).toJson());

    assertThatThrownBy(() -> Lease.take(files, at(NOON.plusSeconds(30))))
        .hasMessageContaining("ann on elsewhere, process 1, last heard of 30 seconds ago");
  }

  @Test
  void aLeaseWhoseWriterDiedOverItIsFollowed() throws IOException {
    Files.createDirectories(folder.resolve("lease"));
    Files.writeString(folder.resolve("lease/000001"), "{\"us");

    try (Lease lease = Lease.take(files, at(NOON))) {
      lease.check();
    }
  }

  private static InstantSource at(Instant instant) {
    return InstantSource.fixed(instant);
  }
}
