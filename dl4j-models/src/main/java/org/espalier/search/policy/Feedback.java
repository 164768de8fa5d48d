package org.espalier.search.policy;

import java.util.List;

/**
 * What was found out about a candidate that a policy drew.
 *
 * @param picks of the candidate, or the codes of its path, where that computes more ({@link
 *     Policy#paths})
 * @param accuracy or any other measure that is better when larger; at least 0 where there are
 *     limits, by which it is scaled
 * @param gates for a policy that learns from {@link Lesson#GATE_GRADIENTS}, for each choice and
 *     option the derivative of the loss by its gate, finite; else empty. The gate of an option is a
 *     factor on what the option alone would let through, such as a mask on the channels of a width
 *     (Wan et al., "FBNetV2", CVPR 2020, equation 4)
 */
public record Feedback(List<Integer> picks, double accuracy, List<List<Double>> gates) {
  public Feedback {
    picks = List.copyOf(picks);
    gates = gates.stream().map(List::copyOf).toList();
    if (!Double.isFinite(accuracy)) {
      throw new IllegalArgumentException(
          "the accuracy of %s must be finite, got %s".formatted(picks, accuracy));
    }
    if (!gates.isEmpty()
        && (gates.size() != picks.size()
            || !gates.stream().flatMap(List::stream).allMatch(Double::isFinite))) {
      throw new IllegalArgumentException(
          "need finite gate gradients of %s choices, got %s".formatted(picks.size(), gates));
    }
  }

  /** Without gates. */
  public static Feedback of(List<Integer> picks, double accuracy) {
    return new Feedback(picks, accuracy, List.of());
  }

  /** Refuses what was found out about another sample than that which was drawn. */
  void checkDrawn(List<Integer> drawn) {
    if (!drawn.equals(picks)) {
      throw new IllegalArgumentException(
          "feedback of %s came for the sample %s: the generator is not that of the samples"
              .formatted(picks, drawn));
    }
  }
}
