package org.espalier.search.finals;

import java.util.List;
import java.util.Objects;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;
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
    Standing at,
    String failure) {
  private static final Standing BEGINNING =
      new Standing(0, false, Bytes.EMPTY, List.of(), Trained.NOTHING);

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
    return "%s %s".formatted(role.name(), number);
  }

  /** The same, further on. */
  Training after(Standing stretched) {
    return new Training(role, number, candidate, settings, seed, stretched, "");
  }

  /** The same, failed: what it has not come to is let go. */
  Training failed(String reason) {
    Standing last = new Standing(at.step(), false, Bytes.EMPTY, at.accuracies(), Trained.NOTHING);
    return new Training(role, number, candidate, settings, seed, last, reason);
  }

  /**
   * What a training is for in its search.
   *
   * @param name for people, for example {@code "found"}; different from that of other roles
   * @param key decides the random numbers, with the seed of the search and the number of a
   *     training; roles whose trainings are compared may share it
   * @param keepsWeights whether the network is handed over, rather than only compared
   */
  public record Role(String name, long key, boolean keepsWeights) {
    public Role {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * Where a training stands.
   *
   * @param step steps done
   * @param finished whether no step is left
   * @param state weights, moments and data position, to go on from; empty before the first step and
   *     after the last
   * @param accuracies on the validation part after each epoch, shares in [0, 1]
   * @param trained what came out; {@link Trained#NOTHING} unless it is finished
   */
  public record Standing(
      long step, boolean finished, Bytes state, List<Double> accuracies, Trained trained) {
    public Standing {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(trained, "trained");
      accuracies = List.copyOf(accuracies);
    }
  }

  /**
   * What came out of a training.
   *
   * @param accuracy on the validation part, a share in [0, 1]
   * @param loss on the validation part, in nats
   * @param values the network's parameters; empty if they are not kept
   * @param buffers the network's running statistics; empty if they are not kept
   */
  public record Trained(double accuracy, double loss, Floats values, Floats buffers) {
    /** Nothing yet. */
    public static final Trained NOTHING = new Trained(0, 0, Floats.EMPTY, Floats.EMPTY);

    public Trained {
      Objects.requireNonNull(values, "values");
      Objects.requireNonNull(buffers, "buffers");
    }
  }
}
