package org.espalier.search.augment;

import java.util.List;

/**
 * What came of an item.
 *
 * @param loss mean over the steps' changed images, in nats
 * @param rewards one a draw; none if they were not judged
 */
record AugmentResult(double loss, List<Double> rewards) {
  AugmentResult {
    rewards = List.copyOf(rewards);
  }
}
