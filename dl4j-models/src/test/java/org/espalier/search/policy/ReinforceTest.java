package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class ReinforceTest {
  private static final PricedChoices FREE = new PricedChoices(List.of(3, 2), List.of());
  private static final Floats LOGITS = Floats.of(0.5f, -0.25f, 1, 0, 0.75f);
  private static final Reinforce ESTIMATOR = new Reinforce(new Reward(0), 0, 0.9, 0.6);

  @Test
  void theMeanIsTheEnumeratedGradientWhateverTheBaseline() {
    for (IndependentChoices distribution :
        List.of(new Categoricals(FREE.sizes(), LOGITS), new SigmoidGates(FREE.sizes(), LOGITS))) {
      double[] exact = Enumerated.gradient(distribution, picks -> -reward(picks));

      // Beyond 4 standard errors for one of ten: a false alarm in 1,500 seeds.
      Enumerated.assertMean(exact, 30_000, draw -> estimate(distribution, draw, 2).gradient());
    }
  }

  @Test
  void theBaselineOfTheFirstBatchIsItsOwnMean() {
    Categoricals distribution = new Categoricals(FREE.sizes(), LOGITS);
    List<Optional<Feedback>> batch = batch(distribution, 1, 4);
    double mean =
        batch.stream().mapToDouble(each -> each.orElseThrow().accuracy()).average().orElseThrow();
    double running = mean;
    for (Optional<Feedback> each : batch) {
      running = 0.9 * running + 0.1 * each.orElseThrow().accuracy();
    }

    Estimator.Estimate estimate =
        ESTIMATOR.estimate(
            distribution, FREE, new Estimator.Batch(batch, 0, Seeds.generator(1, 1)));

    Rows expected = Rows.scaled(0, distribution.marginals());
    for (Optional<Feedback> each : batch) {
      Feedback feedback = each.orElseThrow();
      expected.add(
          -(feedback.accuracy() - mean) / 4, distribution.logProbabilityGradient(feedback.picks()));
    }
    assertThat(estimate.gradient()).containsExactly(expected.flat(), within(1e-14));
    assertThat(((Reinforce) estimate.next()).baseline()).isCloseTo(running, within(1e-14));
  }

  private static Estimator.Estimate estimate(IndependentChoices distribution, int draw, int count) {
    return ESTIMATOR.estimate(
        distribution,
        FREE,
        new Estimator.Batch(batch(distribution, draw, count), 1, Seeds.generator(1, draw)));
  }

  private static List<Optional<Feedback>> batch(
      IndependentChoices distribution, int draw, int count) {
    return distribution.sample(FREE, count, Seeds.generator(1, draw)).stream()
        .map(picks -> Optional.of(Feedback.of(picks, reward(picks))))
        .toList();
  }

  private static double reward(List<Integer> picks) {
    return 1 + picks.get(0) * (picks.get(1) - 0.3);
  }
}
