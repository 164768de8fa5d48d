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
  private Instant last;
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
    this.last = written;
  }

  /** Takes a position in the place of the one that waits, and writes it if that is due. */
  void reached(Position<S> position, boolean now) {
    Instant here = clock.instant();
    // The next round is taken to last as long as the last did: if a kill in it would repeat more
    // than the pause, this position is written though the pause is not over.
    Duration round = Duration.between(last, here);
    last = here;
    waiting = Optional.of(position);
    if (now || here.plus(round).isAfter(written.plus(pause))) {
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
