package org.espalier.search.policy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/** A {@link Proposer} that is a distribution over candidates. */
public sealed interface Policy extends Proposer permits GradientPolicy, NaturalGradientPolicy {

  /** Draws candidates, whether or not they are within the limits. */
  @Override
  List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random);

  /**
   * What a supernet computes for the candidates that {@link #sample} draws with an equal generator,
   * in their order: one {@link PathCode code} a choice. Usually the candidates themselves.
   */
  default List<List<Integer>> paths(PricedChoices choices, int count, RandomGenerator random) {
    return sample(choices, count, random);
  }

  /**
   * The gates by which a supernet multiplies options, {@code [choice][option]}, if its output is a
   * mixture of all of them; nothing if each option of a path counts as it is, with a gate of 1.
   */
  default Optional<double[][]> mixture() {
    return Optional.empty();
  }

  /**
   * Learns from the candidates of one call of {@link #sample}, by what became of their {@link
   * #paths}.
   *
   * @param feedback of these candidates, in their order, nothing for those that could not be
   *     judged; if there is none at all, nothing changes
   * @param random equal to the generator that they were drawn with, from its beginning
   */
  @Override
  Policy learn(PricedChoices choices, List<Optional<Feedback>> feedback, RandomGenerator random);

  /** Logarithm of a candidate's probability. */
  double logProbability(PricedChoices choices, List<Integer> picks);

  /**
   * The most probable candidates that are within every limit, most probable first, as a beam search
   * finds them. Fewer come back if it does not find as many: with one limit at least one, unless
   * none exists.
   */
  @Override
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

  /**
   * This policy, with what another one knew of the options that are left, as far as the two are of
   * one kind that can be taken over.
   *
   * @param before over the same choices, with these options and others
   * @param positions for each choice of this policy and each of its options, the index that the
   *     option had, or -1 for one that there was not
   * @param factor on what was known, in [0, 1]: 0 forgets it
   */
  Policy inheriting(
      PricedChoices choices, Policy before, List<List<Integer>> positions, double factor);
}
