package org.espalier.search.policy;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.espalier.settings.Range;

/**
 * How the expected cost is kept within limits while a policy learns. Whatever it is, nothing over a
 * limit is handed over. A component that is left out takes its default.
 */
public sealed interface PenaltySettings
    permits PenaltySettings.AugmentedLagrangian, PenaltySettings.Fixed, PenaltySettings.Hard {

  /** The penalty of one limit at the beginning. */
  LimitPenalty start();

  /** Steps between two looks at what has come of it. */
  Integer period();

  /**
   * A multiplier that finds its size by itself, and is 0 within the limit ({@link CostMultiplier}).
   *
   * @param weight first factor of the square of the excess, above 0; it doubles as long as the
   *     excess does not halve; default 1
   * @param period steps between two updates of the multiplier, at least 1; default 5
   */
  @JsonTypeName("augmentedLagrangian")
  record AugmentedLagrangian(
      @Range(above = 0) Double weight, @Range(min = 1, max = Range.MANY) Integer period)
      implements PenaltySettings {
    public AugmentedLagrangian {
      weight = given(weight, 1.0);
      period = given(period, 5);
      ranges(AugmentedLagrangian.class, weight, period);
    }

    @Override
    public LimitPenalty start() {
      return new CostMultiplier(0, weight, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * A {@link FixedPenalty}.
   *
   * @param shape of the penalty; default linear
   * @param weight above 0; default 0.1
   */
  @JsonTypeName("fixed")
  record Fixed(FixedPenalty.Shape shape, @Range(above = 0) Double weight)
      implements PenaltySettings {
    public Fixed {
      shape = given(shape, FixedPenalty.Shape.LINEAR);
      weight = given(weight, 0.1);
      ranges(Fixed.class, shape, weight);
    }

    /** It does not change. */
    @Override
    public Integer period() {
      return 1;
    }

    @Override
    public LimitPenalty start() {
      return new FixedPenalty(shape, weight);
    }
  }

  /**
   * No penalty: probabilities move by Frank-Wolfe steps, none of which leaves what limits allow
   * ({@link FrankWolfe}). Needs softmax gates; Adam's settings have no effect.
   *
   * @param firstStep share of the way to the best point within limits that the first step goes at
   *     most, in (0, 1]; later ones go {@code 2 / (t + 2 / firstStep)}; default 0.25
   * @param decay of the running mean of the gradients, in [0, 1); default 0.9
   */
  @JsonTypeName("hard")
  record Hard(@Range(above = 0, max = 1) Double firstStep, @Range(min = 0, below = 1) Double decay)
      implements PenaltySettings {
    public Hard {
      firstStep = given(firstStep, 0.25);
      decay = given(decay, 0.9);
      ranges(Hard.class, firstStep, decay);
    }

    /** There is nothing to look at. */
    @Override
    public Integer period() {
      return 1;
    }

    @Override
    public LimitPenalty start() {
      return new Unpenalised();
    }
  }
}
