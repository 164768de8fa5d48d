package org.espalier.run;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The right to write a run: one process has it at a time.
 *
 * <p>Each holder creates a file of the next number, which only one can; the highest number holds.
 * The holder renews its file every few seconds. One that gave the lease back, died on this machine,
 * has not been heard of for a minute, or is an earlier attempt of the same application may be
 * followed. Before anything counts as written the holder checks that nobody followed it.
 */
final class Lease implements AutoCloseable {
  static final String FOLDER = "lease";

  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int READINGS = 20;
  private static final int READING_MILLIS = 100;

  private final RunFiles files;
  private final InstantSource clock;
  private final int number;
  private final LeaseHolder self;
  private final ScheduledExecutorService heart;

  private Lease(RunFiles files, InstantSource clock, int number, LeaseHolder self) {
    this.files = files;
    this.clock = clock;
    this.number = number;
    this.self = self;
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        heart.scheduleAtFixedRate(this::beat, BEAT.toSeconds(), BEAT.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Takes the lease.
   *
   * @throws RunRefusedException naming the holder if somebody else has it
   */
  static Lease take(RunFiles files, InstantSource clock) throws IOException {
    LeaseHolder self = LeaseHolder.self(clock.instant());
    int last = last(files);
    if (last > 0) {
      LeaseHolder holder = holder(files, last);
      if (!self.follows(holder) && !holder.gone(clock.instant(), PATIENCE)) {
        throw taken(files, holder, clock);
      }
    }
    int number = last + 1;
    if (!files.create(name(number), self.toJson())) {
      throw taken(files, holder(files, number), clock);
    }
    for (String older : files.list(FOLDER)) {
      if (number(older) < number) {
        files.delete(FOLDER + "/" + older);
      }
    }
    return new Lease(files, clock, number, self);
  }

  /**
   * Checks that the lease is still held.
   *
   * @throws RunRefusedException naming who has taken it over
   */
  void check() throws IOException {
    int last = last(files);
    if (last != number) {
      String by = last > number ? holder(files, last).describe(clock.instant()) : "nobody known";
      throw new RunRefusedException(
          "lost the run at %s: it was taken over by %s; nothing more was written here"
              .formatted(files.root(), by));
    }
  }

  @Override
  public void close() throws IOException {
    heart.shutdownNow();
    try {
      if (!heart.awaitTermination(BEAT.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (last(files) == number) {
      files.write(name(number), self.leaving().toJson());
    }
  }

  // A missed beat is no harm: the next one may succeed, and check() decides.
  private void beat() {
    try {
      if (last(files) == number) {
        files.write(name(number), self.beating(clock.instant()).toJson());
      }
    } catch (IOException e) {
      System.getLogger(Lease.class.getName())
          .log(System.Logger.Level.WARNING, "cannot renew the lease of " + files.root(), e);
    }
  }

  private static RunRefusedException taken(
      RunFiles files, LeaseHolder holder, InstantSource clock) {
    return new RunRefusedException(
        "the run at %s is being written by %s; wait for it, or choose another --output"
            .formatted(files.root(), holder.describe(clock.instant())));
  }

  /**
   * Who holds. On file systems without atomic replacement a file is empty for a moment whenever it
   * is renewed; one that stays so was left by a writer that died over it.
   */
  private static LeaseHolder holder(RunFiles files, int number) throws IOException {
    for (int reading = 0; reading < READINGS; reading++) {
      Optional<LeaseHolder> holder = files.read(name(number)).flatMap(LeaseHolder::fromJson);
      if (holder.isPresent()) {
        return holder.get();
      }
      pause();
    }
    return LeaseHolder.unknown();
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(READING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading a lease", e);
    }
  }

  private static int last(RunFiles files) throws IOException {
    List<String> names = files.list(FOLDER);
    return names.stream().mapToInt(Lease::number).max().orElse(0);
  }

  private static int number(String name) {
    return name.matches("[0-9]{6,9}") ? Integer.parseInt(name) : 0;
  }

  private static String name(int number) {
    return FOLDER + "/%06d".formatted(number);
  }
}
