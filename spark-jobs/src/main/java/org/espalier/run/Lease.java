package org.espalier.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to write a run: one process has it at a time.
 *
 * <p>Each holder creates a file of the next number, which only one can; the highest number holds.
 * The holder renews its file every few seconds. One that gave the lease back, is dead for certain
 * ({@link LeaseLock}), is an earlier attempt of the same application, or lets a minute pass without
 * renewing, may be followed. The minute is the observer's own: no two clocks are ever compared.
 * Before anything counts as written the holder checks that nobody followed it.
 */
final class Lease implements AutoCloseable {
  static final String FOLDER = "lease";

  /** A lease, one that was never written to its end, and a lock. */
  private static final Pattern OWN =
      Pattern.compile("([0-9]{6,9})(\\.unfinished|\\.[0-9a-f-]+\\.lock)?");

  private static final int LAST_BEAT_SECONDS = 10;
  private static final int READINGS = 20;
  private static final int READING_MILLIS = 100;

  private final RunFiles files;
  private final int number;
  private final Optional<LeaseLock> lock;
  private final ScheduledExecutorService heart;
  private LeaseHolder self;
  private volatile boolean lost;

  private Lease(
      RunFiles files, int number, LeaseHolder self, Optional<LeaseLock> lock, Duration beat) {
    this.files = files;
    this.number = number;
    this.self = self;
    this.lock = lock;
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease");
              thread.setDaemon(true);
              return thread;
            });
    // With a delay, not at a rate: a process that was suspended has no beats to make up for.
    var unused =
        heart.scheduleWithFixedDelay(
            this::beat, beat.toNanos(), beat.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * How often holders renew, and how long observers watch.
   *
   * @param beat between two renewals
   * @param patience after which a holder that did not renew is followed; many beats, and longer
   *     than file systems of networks show old contents
   * @param look between two looks of an observer
   */
  record Pace(Duration beat, Duration patience, Duration look) {
    static final Pace STANDARD =
        new Pace(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(500));
  }

  /**
   * Takes the lease, waiting if it is not clear whether its holder lives.
   *
   * @param say told in one line why it takes long
   * @throws RunRefusedException naming the holder if somebody else has it
   */
  static Lease take(RunFiles files, Pace pace, Consumer<String> say) throws IOException {
    return take(files, LeaseHolder.self(), pace, say);
  }

  static Lease take(RunFiles files, LeaseHolder self, Pace pace, Consumer<String> say)
      throws IOException {
    int last = last(files);
    if (last > 0) {
      awaitEnd(files, last, self, pace, say);
    }
    int number = last + 1;
    // Locked first: whoever reads of a lock must find it locked.
    Optional<LeaseLock> lock =
        lockPlaces(files, number, self).stream()
            .map(LeaseLock::acquire)
            .flatMap(Optional::stream)
            .findFirst();
    LeaseHolder holder = self.locking(lock.map(LeaseLock::identity).orElse(""));
    boolean created = false;
    try {
      created = files.create(name(number), holder.toJson());
    } finally {
      if (!created) {
        lock.ifPresent(LeaseLock::close);
      }
    }
    if (!created) {
      throw taken(files, holder(files, number));
    }
    for (String name : files.list(FOLDER)) {
      Matcher own = OWN.matcher(name);
      if (own.matches() && Integer.parseInt(own.group(1)) < number) {
        files.delete(FOLDER + "/" + name);
      }
    }
    return new Lease(files, number, holder, lock, pace.beat());
  }

  /**
   * Checks that the lease is still held.
   *
   * @throws RunRefusedException naming who has taken it over
   */
  synchronized void check() throws IOException {
    if (mine()) {
      return;
    }
    lost = true;
    int last = last(files);
    String how =
        last == 0
            ? "its lease was removed"
            : "it was taken over by " + holder(files, last).describe();
    throw new RunRefusedException(
        "lost the run at %s: %s; nothing more was written here".formatted(files.root(), how));
  }

  /** Checks as well, but only if a renewal has found the lease lost: costs nothing. */
  void checkIfLost() throws IOException {
    if (lost) {
      check();
    }
  }

  @Override
  public void close() throws IOException {
    heart.shutdown();
    try {
      if (heart.awaitTermination(LAST_BEAT_SECONDS, TimeUnit.SECONDS)) {
        leave();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.ifPresent(LeaseLock::close);
    }
  }

  private synchronized void leave() throws IOException {
    if (mine()) {
      files.write(name(number), self.leaving().toJson());
    }
  }

  // A missed beat is no harm: the next one may succeed, and check() decides.
  private synchronized void beat() {
    try {
      lost = !mine();
      if (!lost) {
        self = self.beating();
        files.write(name(number), self.toJson());
      }
    } catch (IOException | RuntimeException e) {
      System.getLogger(Lease.class.getName())
          .log(System.Logger.Level.WARNING, "cannot renew the lease of " + files.root(), e);
    }
  }

  // The number alone does not tell: a folder that was removed and made again counts from 1 too.
  private boolean mine() throws IOException {
    if (last(files) != number) {
      return false;
    }
    Optional<byte[]> content = files.read(name(number));
    return content.isPresent()
        && content.flatMap(LeaseHolder::fromJson).map(self::same).orElse(true);
  }

  /**
   * Waits until a holder has ended.
   *
   * @throws RunRefusedException if it lives
   */
  private static void awaitEnd(
      RunFiles files, int number, LeaseHolder self, Pace pace, Consumer<String> say)
      throws IOException {
    LeaseHolder holder = holder(files, number);
    if (holder.released() || self.follows(holder) || dead(files, number, holder, self)) {
      return;
    }
    say.accept(
        "the run was held by %s; looking for up to %s s whether that still lives"
            .formatted(holder.describe(), Math.max(1, pace.patience().toSeconds())));
    Optional<byte[]> before = files.read(name(number));
    Stillness stillness = new Stillness(pace, System.nanoTime());
    while (!stillness.over(System.nanoTime())) {
      pause(pace.look());
      int last = last(files);
      if (last == 0) {
        return;
      } else if (last != number) {
        throw taken(files, holder(files, last));
      }
      if (!same(before, files.read(name(number)))) {
        LeaseHolder now = holder(files, number);
        if (now.released()) {
          return;
        }
        throw taken(files, now);
      }
      if (dead(files, number, holder, self)) {
        return;
      }
    }
  }

  private static boolean same(Optional<byte[]> before, Optional<byte[]> now) {
    return before.isPresent() == now.isPresent()
        && Arrays.equals(before.orElse(new byte[0]), now.orElse(new byte[0]));
  }

  private static boolean dead(RunFiles files, int number, LeaseHolder holder, LeaseHolder self) {
    return !self.same(holder)
        && lockPlaces(files, number, holder).stream()
            .anyMatch(place -> LeaseLock.abandoned(place, holder.lock()));
  }

  /**
   * How long a lease has stood still, in the observer's own time. A look speaks for a short while
   * only: between two looks the observer, or the storage for all, may have been suspended.
   */
  static final class Stillness {
    private final long patience;
    private final long most;
    private long still;
    private long before;

    Stillness(Pace pace, long now) {
      patience = pace.patience().toNanos();
      most = 2 * pace.look().toNanos();
      before = now;
    }

    /** Whether it has stood still long enough, with a look at a time of {@code nanoTime}. */
    boolean over(long now) {
      still += Math.min(now - before, most);
      before = now;
      return still >= patience;
    }
  }

  private static RunRefusedException taken(RunFiles files, LeaseHolder holder) {
    return new RunRefusedException(
        "the run at %s is being written by %s; wait for it, or choose another --output"
            .formatted(files.root(), holder.describe()));
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
      pause(Duration.ofMillis(READING_MILLIS));
    }
    return LeaseHolder.unknown();
  }

  private static void pause(Duration duration) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
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
    return FOLDER + "/" + digits(number);
  }

  /**
   * Where a holder's lock may be: beside the lease, where everybody who sees the run sees it; or,
   * if that is no file system of this machine's own, where processes of this machine see it.
   */
  private static List<Path> lockPlaces(RunFiles files, int number, LeaseHolder holder) {
    String name = digits(number) + "." + holder.process() + ".lock";
    Path here = Path.of(System.getProperty("java.io.tmpdir"), "espalier-lease-" + name);
    return files.local() ? List.of(files.localPath(FOLDER + "/" + name), here) : List.of(here);
  }

  private static String digits(int number) {
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }
}
