package org.espalier.search.policy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * What proposes candidates and learns which are good; an immutable value, part of a search's state.
 * A candidate is a list of picks, one index for each choice; what the choices mean, the proposer
 * does not know. Every method is a function of its arguments alone, the same to the last bit on one
 * numeric platform. One that is a distribution over candidates is a {@link Policy}.
 */
public sealed interface Proposer permits Policy, Evolution, RegressionProposer, UniformProposer {

  /** What {@link #learn} needs to be told. */
  Lesson learnsFrom();

  /**
   * Proposes candidates. Those of a {@link Policy} may be over limits; others are within, and fewer
   * come back if there are not as many.
   *
   * @param count how many, at least 1
   */
  List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random);

  /** What a candidate is worth to this proposer; for logs. */
  double reward(PricedChoices choices, List<Integer> picks, double accuracy);

  /**
   * Learns from the candidates of one call of {@link #sample}.
   *
   * @param feedback of these candidates, in their order, nothing for those that could not be
   *     judged; if there is none at all, nothing changes
   * @param random equal to the generator that they were drawn with, from its beginning
   */
  Proposer learn(PricedChoices choices, List<Optional<Feedback>> feedback, RandomGenerator random);

  /**
   * The candidates that it holds for the best, of those within every limit, best first; fewer if it
   * knows no more.
   */
  List<List<Integer>> best(PricedChoices choices, int count);

  /**
   * What it expects of candidates, larger for better, on a scale of its own that changes as it
   * learns; empty if it knows no more than it was told.
   *
   * @param candidates within the limits
   */
  default List<Double> expects(PricedChoices choices, List<List<Integer>> candidates) {
    return List.of();
  }

  /** How often it has learned. */
  long steps();
}
