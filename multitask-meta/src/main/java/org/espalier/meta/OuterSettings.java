package org.espalier.meta;

import org.espalier.search.policy.AdamRule;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How the weights that all tasks start from are learned. A component that is left out takes its
 * default.
 *
 * @param rule how the loss after adaptation becomes a gradient; default firstOrder
 * @param learningRate of Adam on the mean gradient of a round's tasks; default 0.001
 */
public record OuterSettings(OuterRule rule, @Range(above = 0) Double learningRate) {
  public OuterSettings {
    rule = Checks.given(rule, OuterRule.FIRST_ORDER);
    learningRate = Checks.given(learningRate, 1e-3);
    Checks.ranges(OuterSettings.class, rule, learningRate);
  }

  AdamRule adam() {
    return new AdamRule(learningRate, 0.9, 0.999, 1e-8, 0);
  }
}
