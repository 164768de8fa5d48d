package org.espalier.search.policy;

import java.util.Objects;
import org.espalier.search.space.PricedChoices;

/**
 * Steps of Adam, wherever they lead.
 *
 * @param rule by which values are moved
 * @param moments of the rule
 */
public record AdamDescent(AdamRule rule, AdamMoments moments) implements Descent {
  public AdamDescent {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(moments, "moments");
  }

  /** Before the first step. */
  static AdamDescent start(AdamRule rule, Distribution distribution) {
    return new AdamDescent(rule, AdamMoments.zeros(distribution.values().size()));
  }

  @Override
  public long steps() {
    return moments.steps();
  }

  @Override
  public Moved moved(Distribution from, PricedChoices choices, double[] gradient) {
    AdamRule.Stepped stepped = rule.step(from.values(), moments, gradient);
    return new Moved(from.with(stepped.values()), new AdamDescent(rule, stepped.moments()));
  }
}
