package org.espalier.search.policy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * A distribution over candidates that learns which widths are good; an immutable value, part of a
 * search's state. A candidate is a list of picks, one index for each choice. Every method is a
 * function of its arguments alone, the same to the last bit on every processor.
 */
public sealed interface Policy permits LstmController, DifferentiableSampler {

  /**
   * A policy that has not learned anything.
   *
   * @param plannedSteps how often it will learn, at least 1
   */
  static Policy start(
      PolicySettings settings, PricedChoices choices, int plannedSteps, RandomGenerator random) {
    if (settings instanceof LstmSettings lstm) {
      return LstmController.start(lstm, choices, random);
    }
    return DifferentiableSampler.start((SamplerSettings) settings, choices, plannedSteps);
  }

  /** Draws candidates, whether or not they are within the limits. */
  List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random);

  /** Logarithm of a candidate's probability. */
  double logProbability(PricedChoices choices, List<Integer> picks);

  /**
   * The most probable candidates that are within every limit, most probable first, as a beam search
   * finds them. Fewer come back if it does not find as many: with one limit at least one, unless
   * none exists.
   */
  List<List<Integer>> best(PricedChoices choices, int count);

  /**
   * Entropy in nats.
   *
   * @param samples from which it is estimated if it has no closed form, at least 1
   */
  double entropy(PricedChoices choices, int samples, RandomGenerator random);

  /**
   * Probability of each option, {@code [choice][option]}.
   *
   * @param samples from which it is estimated if it has no closed form, at least 1
   */
  double[][] marginals(PricedChoices choices, int samples, RandomGenerator random);

  /** How often it has learned. */
  long steps();
}
