package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class NaturalGradientPolicyTest {
  private static final int GROUPS = 6;
  private static final int OPTIONS = 5;
  private static final PricedChoices FREE =
      new PricedChoices(Collections.nCopies(GROUPS, OPTIONS), List.of());

  /**
   * The toy problem of the authors' program: {@code f = sum_d (k_d / K + (x_dk - noise)^2)}, with
   * {@code x} moved by gradient where it is drawn.
   */
  @Test
  void everyGroupPicksTheFirstOptionWhileItsValueIsLearned() {
    Policy policy = NaturalGradientSettings.defaults().start(FREE, 1, Seeds.generator(1));
    double[][] x = new double[GROUPS][OPTIONS];
    double[] firsts = new double[GROUPS];

    for (int step = 0; step < 2000; step++) {
      RandomGenerator noise = Seeds.generator(2, step);
      double target = 0.5 + 0.1 * noise.nextGaussian();
      List<Optional<Feedback>> feedback = new ArrayList<>();
      for (List<Integer> picks : policy.sample(FREE, 2, Seeds.generator(3, step))) {
        double loss = 0;
        for (int group = 0; group < GROUPS; group++) {
          double off = x[group][picks.get(group)] - target;
          loss += (double) picks.get(group) / OPTIONS + off * off;
          x[group][picks.get(group)] -= 0.05 * off;
        }
        feedback.add(Optional.of(Feedback.of(picks, 20 - loss)));
      }
      policy = policy.learn(FREE, feedback, Seeds.generator(3, step));
      double[][] marginals = policy.marginals(FREE, 1, Seeds.generator(1));
      for (int group = 0; group < GROUPS && step >= 1000; group++) {
        firsts[group] += marginals[group][0] / 1000;
      }
    }

    // Options are drawn for ever, so a single step may favour another one.
    for (double first : firsts) {
      assertThat(first).isGreaterThan(0.7);
    }
    for (double[] row : x) {
      assertThat(row[0]).isCloseTo(0.5, within(0.05));
    }
  }

  @Test
  void stepsAreLongWhereDirectionsAgreeAndShortWhereTheyAreChance() {
    Policy signal = NaturalGradientSettings.defaults().start(FREE, 1, Seeds.generator(1));
    Policy chance = signal;

    for (int step = 0; step < 300; step++) {
      RandomGenerator random = Seeds.generator(4, step);
      List<Optional<Feedback>> clear = new ArrayList<>();
      List<Optional<Feedback>> noise = new ArrayList<>();
      for (List<Integer> picks : signal.sample(FREE, 8, Seeds.generator(5, step))) {
        clear.add(Optional.of(Feedback.of(picks, picks.stream().mapToInt(k -> k).sum())));
      }
      for (List<Integer> picks : chance.sample(FREE, 8, Seeds.generator(5, step))) {
        noise.add(Optional.of(Feedback.of(picks, random.nextDouble())));
      }
      signal = signal.learn(FREE, clear, Seeds.generator(5, step));
      chance = chance.learn(FREE, noise, Seeds.generator(5, step));
    }

    assertThat(((NaturalGradientPolicy) signal).pace().length()).isGreaterThan(1.2);
    assertThat(((NaturalGradientPolicy) chance).pace().length()).isLessThan(0.5);
  }

  @Test
  void theLengthIsThatOfTheFisherInformation() {
    double[][] probabilities = {{0.2, 0.5, 0.3}, {0.6, 0.4}, {1}};
    double[][] gradient = {{0.1, -0.3, 0.2}, {0.25, -0.25}, {0}};
    double squares = 0;
    for (int choice = 0; choice < 3; choice++) {
      for (int option = 0; option < gradient[choice].length; option++) {
        squares +=
            gradient[choice][option] * gradient[choice][option] / probabilities[choice][option];
      }
    }
    NaturalDirection direction = new NaturalDirection(probabilities, gradient);

    double[][] moved = direction.moved(0.1);

    for (int option = 0; option < 3; option++) {
      double expected = probabilities[0][option] + 0.1 * gradient[0][option] / Math.sqrt(squares);
      assertThat(moved[0][option]).isCloseTo(expected, within(1e-8));
    }
    assertThat(moved[2]).containsExactly(1);
    assertThat(Arrays.stream(direction.unit()).map(each -> each * each).sum())
        .isCloseTo(1, within(1e-7));
  }

  @Test
  void probabilitiesStayAboveTheLeastAndSumToOne() {
    double[][] probabilities = {{0.9, 0.05, 0.05}, {0.5, 0.5}};
    double[][] gradient = {{0.5, -0.25, -0.25}, {0.1, -0.1}};

    double[][] moved = new NaturalDirection(probabilities, gradient).moved(10);

    // Half of an equal share, which is less than 1 / (2 choices * 2) and 1 / (2 choices * 1).
    assertThat(moved[0]).containsExactly(new double[] {2.0 / 3, 1.0 / 6, 1.0 / 6}, within(1e-12));
    assertThat(moved[1]).containsExactly(new double[] {0.75, 0.25}, within(1e-12));
  }

  @Test
  void utilitiesAreThoseOfTheQuartersAndShareTies() {
    assertThat(utilities(3)).containsExactly(0);
    assertThat(utilities(1, 2)).containsExactly(-1, 1);
    assertThat(utilities(5, 5)).containsExactly(0, 0);
    assertThat(utilities(1, 4, 2, 3)).containsExactly(-1, 1, 0, 0);
    assertThat(utilities(1, 2, 3, 4, 5, 6)).containsExactly(-0.5, -0.5, 0, 0, 0.5, 0.5);
    assertThat(utilities(1, 4, 4, 3)).containsExactly(-1, 0.5, 0.5, 0);
  }

  private static double[] utilities(double... rewards) {
    return NaturalGradientPolicy.utilities(rewards);
  }

  @Test
  void equalRewardsAndSingleCandidatesTeachNothing() {
    Policy policy = NaturalGradientSettings.defaults().start(FREE, 1, Seeds.generator(1));
    List<Integer> picks = Collections.nCopies(GROUPS, 1);
    List<Integer> others = Collections.nCopies(GROUPS, 2);

    assertThat(policy.learn(FREE, List.of(judged(picks, 0.5)), Seeds.generator(1)))
        .isSameAs(policy);
    assertThat(
            policy.learn(
                FREE, List.of(judged(picks, 0.5), judged(others, 0.5)), Seeds.generator(1)))
        .isSameAs(policy);
    Policy after =
        policy.learn(
            FREE,
            List.of(judged(picks, 0.5), Optional.empty(), judged(others, 0.6)),
            Seeds.generator(1));
    assertThat(after.logProbability(FREE, others))
        .isGreaterThan(policy.logProbability(FREE, picks));
    assertThat(after.entropy(FREE, 1, Seeds.generator(1)))
        .isLessThan(policy.entropy(FREE, 1, Seeds.generator(1)));
    RecordCodec<Policy> codec = new RecordCodec<>(Policy.class);
    assertThat(codec.decode(codec.encode(after))).isEqualTo(after);
  }

  @Test
  void whatIsLeftKeepsItsShares() {
    PricedChoices three = new PricedChoices(List.of(3), List.of());
    PricedChoices two = new PricedChoices(List.of(2), List.of());
    NaturalGradientSettings settings = NaturalGradientSettings.defaults();
    NaturalGradientPolicy before =
        new NaturalGradientPolicy(
            List.of(3), Floats.of(0.2f, 0.5f, 0.3f), new Reward(0), StepLength.start(1, 2));
    Policy after = settings.start(two, 1, Seeds.generator(1));

    Policy all = after.inheriting(two, before, List.of(List.of(0, 2)), 1);
    Policy half = after.inheriting(two, before, List.of(List.of(0, 2)), 0.5);

    assertThat(all.marginals(two, 1, Seeds.generator(1))[0])
        .containsExactly(new double[] {0.4, 0.6}, within(1e-6));
    double root = Math.sqrt(1.5);
    assertThat(half.marginals(two, 1, Seeds.generator(1))[0])
        .containsExactly(new double[] {1 / (1 + root), root / (1 + root)}, within(1e-6));
    assertThat(
            before.inheriting(
                    three,
                    settings.start(three, 1, Seeds.generator(1)),
                    List.of(List.of(0, 1, 2)),
                    0)
                .marginals(three, 1, Seeds.generator(1))[0])
        .containsExactly(new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3}, within(1e-6));
  }

  private static Optional<Feedback> judged(List<Integer> picks, double accuracy) {
    return Optional.of(Feedback.of(picks, accuracy));
  }
}
