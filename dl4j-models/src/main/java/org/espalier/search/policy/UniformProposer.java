package org.espalier.search.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.space.PricedChoices;

/**
 * Random search: every candidate within the limits is as probable as any other. Where there are
 * limits, those of one call are different ones.
 *
 * @param history of what was judged
 */
public record UniformProposer(History history) implements Proposer {
  public UniformProposer {
    Objects.requireNonNull(history, "history");
  }

  /** Draws candidates within the limits. */
  static List<List<Integer>> draw(PricedChoices choices, int count, RandomGenerator random) {
    return choices.limits().isEmpty()
        ? Stream.generate(() -> choices.sizes().stream().map(random::nextInt).toList())
            .limit(count)
            .toList()
        : FeasibleCandidates.sample(choices, count, random);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    return draw(choices, count, random);
  }

  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return accuracy;
  }

  @Override
  public UniformProposer learn(
      PricedChoices choices, List<Optional<Feedback>> feedback, RandomGenerator random) {
    return new UniformProposer(history.and(feedback));
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    return history.best(choices, count);
  }

  @Override
  public long steps() {
    return history.steps();
  }
}
