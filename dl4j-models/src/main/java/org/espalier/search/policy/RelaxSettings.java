package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Inlined;
import org.espalier.settings.Range;

/**
 * Independent choices that learn from rewards with a trained control variate ({@link Relax}).
 *
 * @param temperature of the softened samples, above 0; default 0.5
 * @param hidden values of the control variate's network, at least 1; default 32, usually 16 to 100
 * @param variateRate learning rate of the control variate, above 0; default 0.01, usually 0.001 to
 *     0.05
 * @param learning from rewards
 */
@JsonTypeName("relax")
public record RelaxSettings(
    @Range(above = 0) Double temperature,
    @Range(min = 1, max = 10_000) Integer hidden,
    @Range(above = 0) Double variateRate,
    @Inlined RewardSettings learning)
    implements PolicySettings {
  public RelaxSettings {
    temperature = given(temperature, 0.5);
    hidden = given(hidden, 32);
    variateRate = given(variateRate, 0.01);
    learning = given(learning, RewardSettings.defaults());
    ranges(RelaxSettings.class, temperature, hidden, variateRate, learning);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public Policy start(PricedChoices choices, int plannedSteps, RandomGenerator random) {
    int options = choices.sizes().stream().mapToInt(Integer::intValue).sum();
    ControlVariate network = ControlVariate.start(options, hidden, random);
    AdamRule rule =
        new AdamRule(variateRate, learning.beta1(), learning.beta2(), AdamRule.EPSILON, 0);
    AdamMoments moments = AdamMoments.zeros(network.values().size());
    return learning.start(
        choices,
        new Relax(learning.reinforce(), temperature, new Relax.Trained(network, rule, moments)));
  }

  /** Every default. */
  public static RelaxSettings defaults() {
    return new RelaxSettings(null, null, null, null);
  }
}
