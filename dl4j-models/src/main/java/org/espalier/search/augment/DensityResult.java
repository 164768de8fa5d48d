package org.espalier.search.augment;

import java.util.Objects;
import org.espalier.search.finals.Training;

/**
 * What came of an item of {@link DensitySearch}.
 *
 * @param came of its task
 */
record DensityResult(Came came) {
  DensityResult {
    Objects.requireNonNull(came, "came");
  }

  /** What came of a task. */
  sealed interface Came {}

  /**
   * Of training.
   *
   * @param standing of the training
   */
  record Trained(Training.Standing standing) implements Came {}

  /**
   * Of judging a policy.
   *
   * @param loss mean over the changed images, in nats
   * @param accuracy on them, a share
   */
  record Judged(double loss, double accuracy) implements Came {}
}
