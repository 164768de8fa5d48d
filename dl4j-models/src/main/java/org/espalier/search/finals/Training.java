package org.espalier.search.finals;

import java.util.List;
import java.util.Objects;
import org.espalier.storage.Bytes;
import org.espalier.training.TrainingSettings;

/**
 * One network's training from scratch, with all that is needed to go on: a search carries it from
 * round to round, and an executor takes a {@link Stretch} of it further.
 *
 * @param role what it is for
 * @param number among those of its role, from 0
 * @param candidate the network
 * @param settings how it is trained
 * @param seed of all its randomness
 * @param at where it stands
 * @param failure why it ended without a result; empty unless it failed
 */
public record Training(
    Role role,
    int number,
    Candidate candidate,
    TrainingSettings settings,
    long seed,
    Stretched at,
    String failure) {
  private static final Stretched BEGINNING =
      new Stretched(0, false, Bytes.EMPTY, List.of(), Trained.NOTHING);

  public Training {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(failure, "failure");
  }

  /** A training before its first step. */
  public static Training begin(
      Role role, int number, Candidate candidate, TrainingSettings settings, long seed) {
    return new Training(role, number, candidate, settings, seed, BEGINNING, "");
  }

  /** Whether steps are left. */
  public boolean running() {
    return !at.finished() && failure.isEmpty();
  }

  /** Whether it came to its end. */
  public boolean finished() {
    return at.finished();
  }

  /** Steps done. */
  public long step() {
    return at.step();
  }

  /** What came out; {@link Trained#NOTHING} unless it is finished. */
  public Trained trained() {
    return at.trained();
  }

  /** What people call it; different for each training of a search. */
  public String label() {
    return "%s %d".formatted(role.name(), number);
  }

  /** The same, further on. */
  Training after(Stretched stretched) {
    return new Training(role, number, candidate, settings, seed, stretched, "");
  }

  /** The same, failed: what it has not come to is let go. */
  Training failed(String reason) {
    Stretched last = new Stretched(at.step(), false, Bytes.EMPTY, at.accuracies(), Trained.NOTHING);
    return new Training(role, number, candidate, settings, seed, last, reason);
  }
}
