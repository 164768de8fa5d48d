package org.espalier.spark;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Notices when all executors of a search are gone, which Spark itself bears in silence and for
 * ever: says so at once, says when some are back, and gives up after a while.
 */
final class ExecutorWatch {
  /** Counted at most between two looks, so that a process that was suspended does not give up. */
  private static final Duration STEP = Duration.ofSeconds(2);

  private static final Duration REPEAT = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final IntSupplier executors;
  private final LongSupplier nanoseconds;
  private final Consumer<String> say;
  private final Patience patience;
  private long looked;
  private Duration without = Duration.ZERO;
  private Duration saidAfter = Duration.ZERO;
  private boolean gone;

  /**
   * How long to be without executors.
   *
   * @param unsaid how long that is usual and not worth a line: zero, unless Spark itself lets idle
   *     executors go
   * @param limit when to give up
   */
  record Patience(Duration unsaid, Duration limit) {}

  /**
   * A watch.
   *
   * @param executors how many there are now
   * @param nanoseconds a clock that only goes forward
   * @param say where to say it to the person
   */
  ExecutorWatch(
      IntSupplier executors, Patience patience, LongSupplier nanoseconds, Consumer<String> say) {
    this.executors = executors;
    this.patience = patience;
    this.nanoseconds = nanoseconds;
    this.say = say;
    this.looked = nanoseconds.getAsLong();
  }

  /** A round begins, before which nobody looked for a while. */
  void begin() {
    looked = nanoseconds.getAsLong();
  }

  /**
   * Looks, to be called often while a round is awaited.
   *
   * @throws NoExecutorsException if there has been no executor for too long
   */
  void look() {
    long now = nanoseconds.getAsLong();
    Duration passed = Duration.ofNanos(now - looked);
    if (passed.compareTo(PAUSE) < 0) {
      return;
    }
    looked = now;
    int count = executors.getAsInt();
    if (count > 0) {
      if (gone) {
        say.accept("executors are back: " + count);
      }
      gone = false;
      without = Duration.ZERO;
      return;
    }
    without = without.plus(passed.compareTo(STEP) < 0 ? passed : STEP);
    if (without.compareTo(patience.limit()) > 0) {
      throw new NoExecutorsException(
          ("all executors are gone, and no other came in %s s; is the cluster still running? The"
                  + " same command goes on from the last checkpoint; a greater startSeconds waits"
                  + " longer")
              .formatted(patience.limit().toSeconds()));
    } else if (without.compareTo(patience.unsaid()) > 0) {
      sayGone();
    }
  }

  private void sayGone() {
    if (!gone) {
      say.accept(
          "all executors are gone; waiting up to %s s for others"
              .formatted(patience.limit().toSeconds()));
    } else if (without.minus(saidAfter).compareTo(REPEAT) >= 0) {
      say.accept(
          "still no executor; waiting up to %s s more"
              .formatted(patience.limit().minus(without).toSeconds()));
    } else {
      return;
    }
    gone = true;
    saidAfter = without;
  }
}
