package org.espalier.search.policy;

import org.espalier.search.space.PricedChoices;

/** How a distribution is moved along gradients; an immutable value with what it remembers. */
public sealed interface Descent permits AdamDescent, FrankWolfeDescent {

  /** Steps taken. */
  long steps();

  /**
   * One step downhill.
   *
   * @param from what is moved
   * @param gradient of what is to become small, one a value, all finite
   */
  Moved moved(Distribution from, PricedChoices choices, double[] gradient);

  /**
   * What may stand in the place of a distribution that has not learned anything.
   *
   * @param fresh that distribution
   * @param wanted what shall stand there, over the same choices
   */
  default Distribution admitted(Distribution fresh, Distribution wanted, PricedChoices choices) {
    return wanted;
  }

  /**
   * After a step.
   *
   * @param distribution the moved one
   * @param next what is remembered from now on
   */
  record Moved(Distribution distribution, Descent next) {}
}
