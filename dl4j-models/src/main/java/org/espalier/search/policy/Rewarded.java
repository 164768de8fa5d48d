package org.espalier.search.policy;

import java.util.List;

/**
 * A candidate and what it was worth.
 *
 * @param picks of a candidate that the policy drew
 * @param reward finite, the more the better; see {@link Reward}
 */
public record Rewarded(List<Integer> picks, double reward) {
  public Rewarded {
    picks = List.copyOf(picks);
    if (!Double.isFinite(reward)) {
      throw new IllegalArgumentException("the reward of %s is %s".formatted(picks, reward));
    }
  }
}
