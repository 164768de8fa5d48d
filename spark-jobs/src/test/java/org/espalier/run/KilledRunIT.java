package org.espalier.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes leaves a run that goes on from what was complete. */
class KilledRunIT {
  private static final RunIdentity IDENTITY = new RunIdentity("train", "seed: 1\n");
  private static final int SIZE = 2_000_000;

  @TempDir Path folder;

  @Test
  void theNextProcessFindsACheckpointThatIsWhole() throws Exception {
    int last = 0;
    for (int round = 0; round < 3; round++) {
      Process writer = startWriter();
      try {
        writer.inputReader().readLine();
        TimeUnit.MILLISECONDS.sleep(150 + 70L * round);
      } finally {
        writer.destroyForcibly().waitFor();
      }

      try (RunDirectory run = open(folder)) {
        Checkpoint found = run.resumed().orElseThrow();
        assertThat(found.number()).isGreaterThan(last);
        assertThat(found.file("state")).isEqualTo(state(found.number()));
        assertThat(run.events()).hasSize(found.number());
        last = found.number();
      }
    }
  }

  private Process startWriter() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledRunIT.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Writes checkpoints until killed; says so after the first. */
  public static void main(String[] arguments) {
    try (RunDirectory run = open(Path.of(arguments[0]))) {
      int number = run.resumed().map(Checkpoint::number).orElse(0);
      while (true) {
        number++;
        run.event(Map.of("checkpoint", number));
        run.checkpoint(Map.of("state", state(number)));
        System.out.println(number);
      }
    }
  }

  private static RunDirectory open(Path folder) {
    return RunDirectory.open(folder.resolve("run").toString(), IDENTITY, false, line -> {});
  }

  private static byte[] state(int number) {
    byte[] state = new byte[SIZE];
    Arrays.fill(state, (byte) number);
    ByteBuffer.wrap(state).putInt(number);
    return state;
  }
}
