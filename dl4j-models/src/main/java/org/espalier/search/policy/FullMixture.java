package org.espalier.search.policy;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * The gradient of a full mixture, whose output is the sum of all options times their gates (Liu et
 * al., "DARTS", ICLR 2019, equation 2). It is exact: nothing is drawn. Where the loss is linear in
 * the gates of each choice, and these are probabilities, it is the gradient of the expected loss of
 * drawn candidates as well.
 *
 * @param objective what becomes small beside the loss
 */
public record FullMixture(GateObjective objective) implements Estimator {
  public FullMixture {
    Objects.requireNonNull(objective, "objective");
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.GATE_GRADIENTS;
  }

  @Override
  public void check(Distribution distribution) {
    List<Integer> unused = PathCode.all(IndependentChoices.of(distribution).sizes());
  }

  @Override
  public List<List<Integer>> sample(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random) {
    return distribution.sample(choices, count, random);
  }

  /** All options, whatever was drawn. */
  @Override
  public List<List<Integer>> paths(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random) {
    return Collections.nCopies(count, PathCode.all(distribution.sizes()));
  }

  @Override
  public Optional<double[][]> mixture(Distribution distribution) {
    return Optional.of(IndependentChoices.of(distribution).gates());
  }

  /** The accuracy alone: the cost is known, and has its own gradient. */
  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return accuracy;
  }

  @Override
  public Estimate estimate(Distribution distribution, PricedChoices choices, Batch batch) {
    IndependentChoices independent = IndependentChoices.of(distribution);
    List<double[][]> losses =
        batch.judged().stream()
            .map(feedback -> independent.gatesBackward(Rows.of(feedback.gates())))
            .toList();
    return new Estimate(objective.gradient(independent, choices, losses), this);
  }

  @Override
  public FullMixture stepped(Distribution moved, PricedChoices choices, long steps) {
    return new FullMixture(objective.stepped(IndependentChoices.of(moved), choices, steps));
  }
}
