package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees whose checkpoints were damaged. */
class DamagedCheckpointIT {
  @TempDir Path folder;

  @Test
  void theOneBeforeIsTakenAndIfNoneIsLeftNothingIsLost() throws IOException {
    String config = Program.searchOfManyRounds(folder).toString();
    Path run = folder.resolve("run");
    String[] command = {"search", "--config", config, "--output", run.toString()};
    Program.Answer first = Program.run(command);
    assertThat(first.code()).as(first.text()).isZero();
    String whole = fingerprint(run);
    Files.delete(run.resolve("_SUCCESS"));
    List<Path> checkpoints = children(run.resolve("checkpoints"));
    Path newest = checkpoints.get(checkpoints.size() - 1);
    damage(newest);

    Program.Answer again = Program.run(command);

    assertThat(checkpoints).hasSize(3);
    assertThat(again.code()).as(again.text()).isZero();
    assertThat(again.text())
        .contains(
            "left out checkpoint %s: its file search.espalier is damaged"
                .formatted(newest.getFileName()),
            "going on from checkpoint " + checkpoints.get(1).getFileName());
    assertThat(fingerprint(run)).isEqualTo(whole);

    Files.delete(run.resolve("_SUCCESS"));
    for (Path checkpoint : checkpoints) {
      damage(checkpoint);
    }
    List<Path> before = children(run.resolve("checkpoints"));
    List<Path> events = children(run.resolve("events"));

    Program.Answer refused = Program.run(command);

    assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.text())
        .contains(
            "no checkpoint of the run at",
            newest.getFileName() + ": its file search.espalier is damaged",
            "nothing was removed",
            "--fresh");
    assertThat(children(run.resolve("checkpoints"))).isEqualTo(before).hasSize(3);
    assertThat(children(run.resolve("events"))).isEqualTo(events).isNotEmpty();
  }

  private static void damage(Path checkpoint) throws IOException {
    Path state = checkpoint.resolve("search.espalier");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);
  }

  private static String fingerprint(Path run) throws IOException {
    return Program.fingerprint(Files.readString(run.resolve("result.json")));
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
