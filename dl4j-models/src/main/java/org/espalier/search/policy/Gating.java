package org.espalier.search.policy;

import java.util.List;

/** How the logits of a choice become probabilities and gates. */
public enum Gating {
  /** Options take from one another ({@link Categoricals}). */
  SOFTMAX,
  /** Each option has a gate of its own ({@link SigmoidGates}). */
  SIGMOID;

  /** Choices whose options are all alike. */
  IndependentChoices start(List<Integer> sizes) {
    return this == SOFTMAX ? Categoricals.uniform(sizes) : SigmoidGates.half(sizes);
  }
}
