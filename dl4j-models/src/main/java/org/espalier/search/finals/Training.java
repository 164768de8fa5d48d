package org.espalier.search.finals;

import java.util.List;
import java.util.Objects;
import org.espalier.search.space.Candidate;
import org.espalier.storage.Bytes;

/**
 * A training as far as it is: what a chain of rounds carries on.
 *
 * @param role what it is for
 * @param number among those of its role, from 0
 * @param candidate the network
 * @param seed of all its randomness
 * @param status whether it goes on
 * @param step steps done
 * @param state weights, moments and data position, to go on from; empty before the first step and
 *     after the last
 * @param accuracies on the validation part after each epoch, shares in [0, 1]
 * @param trained what came out; {@link Trained#NOTHING} unless it is finished
 * @param failure why it has no result; empty unless it failed
 */
public record Training(
    Role role,
    int number,
    Candidate candidate,
    long seed,
    Status status,
    long step,
    Bytes state,
    List<Double> accuracies,
    Trained trained,
    String failure) {
  /** Whether a training goes on. */
  public enum Status {
    RUNNING,
    FINISHED,
    FAILED
  }

  public Training {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(candidate, "candidate");
    accuracies = List.copyOf(accuracies);
  }

  /** A training before its first step. */
  public static Training begin(Role role, int number, Candidate candidate, long seed) {
    return new Training(
        role,
        number,
        candidate,
        seed,
        Status.RUNNING,
        0,
        Bytes.EMPTY,
        List.of(),
        Trained.NOTHING,
        "");
  }

  /** Whether steps are left. */
  public boolean running() {
    return status == Status.RUNNING;
  }

  /** Whether it came to its end. */
  public boolean finished() {
    return status == Status.FINISHED;
  }

  /** What people call it; different for each training of a search. */
  public String label() {
    return "%s %d".formatted(role.name(), number);
  }

  /** The same, further on. */
  Training after(Stretched stretched) {
    return new Training(
        role,
        number,
        candidate,
        seed,
        stretched.finished() ? Status.FINISHED : Status.RUNNING,
        stretched.step(),
        stretched.state(),
        stretched.accuracies(),
        stretched.trained(),
        "");
  }

  /** The same, failed. */
  Training failed(String reason) {
    return new Training(
        role,
        number,
        candidate,
        seed,
        Status.FAILED,
        step,
        Bytes.EMPTY,
        accuracies,
        Trained.NOTHING,
        reason);
  }
}
