package org.espalier.search.policy;

import java.util.Objects;
import org.espalier.storage.Floats;

/**
 * What {@link AdamRule} remembers between steps.
 *
 * @param first running mean of the gradients
 * @param second running mean of their squares, of the same size
 * @param steps taken, at least 0
 */
public record AdamMoments(Floats first, Floats second, long steps) {
  public AdamMoments {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    if (first.size() != second.size() || steps < 0) {
      throw new IllegalArgumentException(
          "need two moments of one size and steps >= 0, got sizes %s and %s, steps %s"
              .formatted(first.size(), second.size(), steps));
    }
  }

  /** Before the first step. */
  public static AdamMoments zeros(int size) {
    Floats zeros = Floats.of(new float[size]);
    return new AdamMoments(zeros, zeros, 0);
  }
}
