package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.space.PairwiseCost;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bandit on which wider is always better, some layers counting more, under a limit of MACs. */
class LimitedBanditTest {
  private static final WidthSpace SPACE =
      WidthSpace.of(
          Family.PLAIN, new ImageShape(16, 16, 1), 10, WidthChoices.ofWidths(List.of(4, 8, 16)));
  private static final PricedChoices CHOICES = priced(SPACE, 0.3);
  private static final List<Double> WEIGHTS = List.of(1.0, 2.0, 3.0, 1.0, 2.0, 3.0);
  private static final double NOISE = 0.01;

  static List<PolicySettings> fromRewards() {
    RewardSettings fast = new RewardSettings(null, 0.1, null, null, null, null, null);
    return List.of(
        new LstmSettings(32, null, null, null, null, null, null, null, null),
        new ReinforceSettings(fast),
        new RelaxSettings(null, null, null, fast),
        NaturalGradientSettings.defaults());
  }

  @ParameterizedTest
  @MethodSource("fromRewards")
  void policiesThatLearnFromRewardsSettleWithinTheLimit(PolicySettings settings) {
    Policy policy = settings.start(CHOICES, 100, Seeds.generator(1));

    for (int step = 0; step < 100; step++) {
      RandomGenerator random = Seeds.generator(2, step);
      List<Optional<Feedback>> batch = new ArrayList<>();
      for (List<Integer> picks : policy.sample(CHOICES, 16, random)) {
        double accuracy = 0.4 + 0.4 * value(picks) + NOISE * random.nextGaussian();
        batch.add(Optional.of(Feedback.of(picks, accuracy)));
      }
      policy = policy.learn(CHOICES, batch, Seeds.generator(2, step));
    }

    // Natural gradients never give up drawing every option.
    boolean wide = settings instanceof NaturalGradientSettings;
    assertSettled(policy, wide ? 1.2 : 1.1, 0.93);
  }

  static List<PolicySettings> fromGates() {
    GateSettings sigmoid = new GateSettings(Gating.SIGMOID, null, null, null, null, null);
    GateSettings hard =
        new GateSettings(null, null, null, null, null, new PenaltySettings.Hard(null, null));
    return List.of(
        SamplerSettings.defaults(),
        new SamplerSettings(null, null, sigmoid),
        new SamplerSettings(null, null, hard),
        new MixtureSettings(hard),
        EnsembleSettings.defaults(),
        MixtureSettings.defaults(),
        new MixtureSettings(sigmoid));
  }

  /** Whether the loss of its paths is that of the candidates that it draws, on average. */
  private static boolean drawsWhatItComputes(PolicySettings settings) {
    return !settings.computesSeveral()
        || (settings instanceof MixtureSettings mixture
            && mixture.learning().gates() == Gating.SOFTMAX);
  }

  @ParameterizedTest
  @MethodSource("fromGates")
  void policiesThatLearnFromGatesSettleWithinTheLimit(PolicySettings settings) {
    Policy policy = settings.start(CHOICES, 150, Seeds.generator(1));

    for (int step = 0; step < 150; step++) {
      RandomGenerator random = Seeds.generator(3, step);
      List<Optional<Feedback>> batch = new ArrayList<>();
      for (List<Integer> path : policy.paths(CHOICES, 8, random)) {
        List<List<Double>> gates = new ArrayList<>();
        for (int choice = 0; choice < WEIGHTS.size(); choice++) {
          List<Double> options = new ArrayList<>();
          for (int option = 0; option < 3; option++) {
            options.add(-0.1 - worth(choice, option) / 12 + NOISE * random.nextGaussian());
          }
          gates.add(options);
        }
        batch.add(Optional.of(new Feedback(path, 0.5, gates)));
      }
      policy = policy.learn(CHOICES, batch, Seeds.generator(3, step));
    }

    PricedChoices.PricedLimit limit = CHOICES.limits().get(0);
    double expected = limit.cost().expected(policy.marginals(CHOICES, 1, Seeds.generator(1)));
    assertThat(expected / limit.most()).isBetween(0.8, 1.05);
    assertSettled(policy, 1.05, drawsWhatItComputes(settings) ? 0.93 : 0.85);
  }

  /** Samples cost about the limit or less, and what is found is among the best that there are. */
  private static void assertSettled(Policy policy, double mostCost, double leastValue) {
    List<List<Integer>> samples = policy.sample(CHOICES, 200, Seeds.generator(4));
    assertThat(samples.stream().mapToDouble(CHOICES::ratio).average().orElseThrow())
        .isLessThan(mostCost);
    List<List<Integer>> best = policy.best(CHOICES, 5);
    assertThat(best).hasSize(5).allMatch(CHOICES::allows);
    double optimum =
        LongStream.range(0, SPACE.size())
            .mapToObj(SPACE::picks)
            .filter(CHOICES::allows)
            .mapToDouble(LimitedBanditTest::value)
            .max()
            .orElseThrow();
    assertThat(value(best.get(0))).isGreaterThan(leastValue * optimum);
  }

  private static double value(List<Integer> picks) {
    double sum = 0;
    for (int choice = 0; choice < WEIGHTS.size(); choice++) {
      sum += worth(choice, picks.get(choice));
    }
    return sum / WEIGHTS.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double worth(int choice, int pick) {
    return WEIGHTS.get(choice) * Math.sqrt((pick + 1) / 3.0);
  }

  /** A limit between the cheapest and the dearest candidate. */
  private static PricedChoices priced(WidthSpace space, double share) {
    PairwiseCost cost = PairwiseCost.macs(space);
    double most = cost.smallest() + share * (cost.largest() - cost.smallest());
    return PricedChoices.of(space, Budget.ofMacs((long) most));
  }
}
