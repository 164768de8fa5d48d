package org.espalier.search.policy;

/** What a policy learns from. */
public enum Lesson {
  /** How accurate a candidate was: one forward pass each. */
  REWARDS,
  /** Derivatives of the loss by the gates of options: a forward and a backward pass each. */
  GATE_GRADIENTS
}
