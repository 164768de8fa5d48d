package org.espalier.search.policy;

import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * What proposes candidates of a supernet, and how it learns. A component that is left out takes its
 * default.
 */
public sealed interface PolicySettings extends ProposerSettings
    permits EnsembleSettings,
        LstmSettings,
        MixtureSettings,
        NaturalGradientSettings,
        ReinforceSettings,
        RelaxSettings,
        SamplerSettings {

  /** Whether its paths compute several options of a choice at once. */
  default boolean computesSeveral() {
    return false;
  }

  /**
   * A policy that has not learned anything.
   *
   * @param plannedSteps how often it will learn, at least 1
   */
  @Override
  Policy start(PricedChoices choices, int plannedSteps, RandomGenerator random);
}
