package org.espalier.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.espalier.search.rounds.Position;

/**
 * Decides which positions of a search become checkpoints. The clock decides what a kill would have
 * to repeat, never what comes out.
 *
 * @param <S> state of the search
 */
final class CheckpointPace<S> {
  private final Consumer<Position<S>> write;
  private final Duration pause;
  private final InstantSource clock;
  private Instant written;
  private Optional<Position<S>> waiting = Optional.empty();

  /**
   * A pace that begins now.
   *
   * @param write writes a position down
   * @param pause how long positions may wait
   */
  CheckpointPace(Consumer<Position<S>> write, Duration pause, InstantSource clock) {
    this.write = write;
    this.pause = pause;
    this.clock = clock;
    this.written = clock.instant();
  }

  /** Takes a position in the place of the one that waits, and writes it if that is due. */
  void reached(Position<S> position, boolean now) {
    waiting = Optional.of(position);
    if (now || !clock.instant().isBefore(written.plus(pause))) {
      writeWaiting();
    }
  }

  /**
   * Runs a search. However that ends, the newest position is written, so that only a kill leaves
   * anything to repeat.
   */
  <T> T during(Supplier<T> search) {
    T end;
    try {
      end = search.get();
    } catch (RuntimeException | Error e) {
      try {
        writeWaiting();
      } catch (RuntimeException | Error second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    writeWaiting();
    return end;
  }

  private void writeWaiting() {
    if (waiting.isPresent()) {
      write.accept(waiting.get());
      waiting = Optional.empty();
      written = clock.instant();
    }
  }
}
