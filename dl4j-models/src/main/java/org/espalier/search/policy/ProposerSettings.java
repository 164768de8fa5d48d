package org.espalier.search.policy;

import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/** What proposes candidates, and how it learns. A component that is left out takes its default. */
public sealed interface ProposerSettings
    permits PolicySettings, EvolutionSettings, RegressionSettings, UniformSettings {

  /** What the proposer will learn from. */
  Lesson learnsFrom();

  /**
   * A proposer that has not learned anything.
   *
   * @param plannedSteps how often it will learn, at least 1
   */
  Proposer start(PricedChoices choices, int plannedSteps, RandomGenerator random);
}
