package org.espalier.meta;

import org.espalier.search.policy.AdamRule;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How a network adapts to a task. A component that is left out takes its default.
 *
 * @param steps of gradient descent while learning; default 5, usually 1 to 10
 * @param finalSteps of gradient descent when tasks are judged or a network is handed over; default
 *     10
 * @param rate of a step; default 0.1, usually 0.01 to 0.4
 * @param learnsRates whether each block of weights learns a factor on the rate (Antoniou, Edwards
 *     and Storkey, "How to train your MAML", ICLR 2019, section 4, without one for each step);
 *     default true
 * @param clip largest norm of a gradient, longer ones are shortened to it; default 10
 */
public record InnerSettings(
    @Range(min = 0, max = 1000) Integer steps,
    @Range(min = 0, max = 1000) Integer finalSteps,
    @Range(above = 0) Double rate,
    Boolean learnsRates,
    @Range(above = 0) Double clip) {
  private static final double RATE_OF_RATES = 0.01;

  public InnerSettings {
    steps = Checks.given(steps, 5);
    finalSteps = Checks.given(finalSteps, 10);
    rate = Checks.given(rate, 0.1);
    learnsRates = Checks.given(learnsRates, true);
    clip = Checks.given(clip, 10.0);
    Checks.ranges(InnerSettings.class, steps, finalSteps, rate, learnsRates, clip);
  }

  InnerLoop learning() {
    return new InnerLoop(steps, rate, clip);
  }

  InnerLoop judging() {
    return new InnerLoop(finalSteps, rate, clip);
  }

  /** How logarithms of factors are learned. */
  AdamRule adam() {
    return new AdamRule(RATE_OF_RATES, 0.9, 0.999, 1e-8, 0);
  }
}
