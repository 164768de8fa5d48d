package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class RelaxTest {
  private static final double TEMPERATURE = 0.5;
  private static final Floats LOGITS = Floats.of(0.5f, -0.25f, 1, 0, 0.75f);
  private static final List<IndependentChoices> SOME =
      List.of(new Categoricals(List.of(3, 2), LOGITS), new SigmoidGates(List.of(3, 2), LOGITS));

  @Test
  void theMeanIsTheEnumeratedGradientWhateverTheControlVariate() {
    RandomGenerator values = Seeds.generator(1);
    float[] weights = new float[4 * 7 + 1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) values.nextGaussian();
    }
    ControlVariate variate = new ControlVariate(5, 4, Floats.of(weights));

    for (IndependentChoices distribution : SOME) {
      RandomGenerator random = Seeds.generator(2);
      double[] exact = Enumerated.gradient(distribution, RelaxTest::loss);

      // Beyond 4 standard errors for one of ten: a false alarm in 1,500 seeds.
      Enumerated.assertMean(
          exact, 100_000, draw -> estimate(distribution, variate, random, RelaxTest::loss));
    }
  }

  @Test
  void itsMeanIsThePublishedGradientOfOneBit() {
    for (double[] known : new double[][] {{0.2, 0.016}, {0.5, 0.025}, {0.8, 0.016}}) {
      Categoricals bit =
          new Categoricals(List.of(2), Floats.of(0, (float) Math.log(known[0] / (1 - known[0]))));
      ControlVariate variate = new ControlVariate(2, 1, Floats.of(0.5f, -1, 0.25f, 0.1f, 0.05f));
      RandomGenerator random = Seeds.generator(3);

      Enumerated.assertMean(
          new double[] {-known[1], known[1]},
          100_000,
          draw ->
              estimate(
                  bit, variate, random, picks -> (picks.get(0) - 0.45) * (picks.get(0) - 0.45)));
    }
  }

  @Test
  void aTrainedControlVariateMakesItVaryLessThanReinforceWithABaseline() {
    PricedChoices choices = new PricedChoices(Collections.nCopies(4, 2), List.of());
    Policy policy = slow().start(choices, 1, Seeds.generator(1));
    for (int step = 0; step < 1500; step++) {
      List<Optional<Feedback>> feedback = new ArrayList<>();
      for (List<Integer> picks : policy.sample(choices, 4, Seeds.generator(2, step))) {
        feedback.add(Optional.of(Feedback.of(picks, bits(picks))));
      }
      policy = policy.learn(choices, feedback, Seeds.generator(2, step));
    }

    Relax relax = (Relax) ((GradientPolicy) policy).estimator();
    double mean = relax.reward().baseline();
    Categoricals equal = Categoricals.uniform(choices.sizes());
    double[] exact = Enumerated.gradient(equal, picks -> -bits(picks));
    RandomGenerator random = Seeds.generator(4);
    double ours =
        Enumerated.assertMean(
            exact,
            20_000,
            draw -> estimate(equal, relax.variate().network(), random, p -> mean - bits(p)));
    double reinforce =
        Enumerated.assertMean(
            exact,
            20_000,
            draw -> {
              List<Integer> picks = equal.sample(random);
              return Rows.scaled(mean - bits(picks), equal.logProbabilityGradient(picks)).flat();
            });
    assertThat(mean).isCloseTo(Enumerated.mean(equal, RelaxTest::bits), within(0.2));
    assertThat(ours).isLessThan(0.5 * reinforce);
  }

  @Test
  void theVarianceGradientIsTheFiniteDifference() {
    for (IndependentChoices distribution : SOME) {
      RandomGenerator values = Seeds.generator(6);
      float[] weights = new float[2 * 7 + 1];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (values.nextInt(512) - 256) * 0x1p-8f;
      }
      ControlVariate variate = new ControlVariate(5, 2, Floats.of(weights));
      GumbelSample drawn = distribution.gumbel(TEMPERATURE, Seeds.generator(7));
      RelaxSample sample = new RelaxSample(distribution, drawn, Set.of(), Seeds.generator(8));
      double[] gradient = new double[weights.length];

      sample.addVariance(1, sample.estimate(0.7, variate), variate, gradient);

      float step = 0x1p-8f;
      for (int i = 0; i < weights.length; i++) {
        double up = squares(sample, variate, i, step);
        double down = squares(sample, variate, i, -step);
        assertThat(gradient[i]).isCloseTo((up - down) / (2 * step), within(5e-4));
      }
    }
  }

  @Test
  void theConditionalSampleKeepsThePickAndHasTheRightMean() {
    Categoricals one = new Categoricals(List.of(3), Floats.of(1, 0.5f, -0.25f));
    RandomGenerator random = Seeds.generator(9);

    // Beyond 4 standard errors for one of three: a false alarm in 5,000 seeds.
    Enumerated.assertMean(
        new double[3],
        50_000,
        draw -> {
          List<Double> free = one.gumbel(TEMPERATURE, random).relaxed().get(0);
          int pick = one.sample(random).get(0);
          double[] given =
              RelaxedChoice.given(pick, TEMPERATURE, one.logarithms()[0], random).values();
          double[] differences = new double[3];
          for (int option = 0; option < 3; option++) {
            assertThat(given[option]).isLessThanOrEqualTo(given[pick]);
            differences[option] = given[option] - free.get(option);
          }
          return differences;
        });
  }

  @Test
  void derivativesOfSoftDrawsAreFiniteDifferences() {
    Categoricals one = new Categoricals(List.of(3), Floats.of(1, 0.5f, -0.25f));
    double[] byValues = {0.5, -1, 2};
    double[] direction = {1, 0.25, -0.5};
    RelaxedChoice given = given(one);

    double[] backward = given.backward(byValues);
    double[] along = given.along(direction);

    float step = 0x1p-10f;
    double[] moved = new double[3];
    for (int i = 0; i < 3; i++) {
      double[] up = given(one.with(Enumerated.moved(one.logits(), i, step))).values();
      double[] down = given(one.with(Enumerated.moved(one.logits(), i, -step))).values();
      double slope = 0;
      for (int k = 0; k < 3; k++) {
        slope += byValues[k] * (up[k] - down[k]) / (2 * step);
        moved[k] += direction[i] * (up[k] - down[k]) / (2 * step);
      }
      assertThat(backward[i]).isCloseTo(slope, within(1e-5));
    }
    assertThat(along).containsExactly(moved, within(1e-5));
  }

  @Test
  void learningTakesWhatCouldBeJudgedAndKeepsItsBits() {
    PricedChoices choices = new PricedChoices(List.of(3, 2), List.of());
    Policy policy = RelaxSettings.defaults().start(choices, 10, Seeds.generator(1));
    List<Optional<Feedback>> feedback = new ArrayList<>();
    for (List<Integer> picks : policy.sample(choices, 4, Seeds.generator(2))) {
      feedback.add(Optional.of(Feedback.of(picks, 1 + loss(picks))));
    }
    feedback.set(2, Optional.empty());

    Policy after = policy.learn(choices, feedback, Seeds.generator(2));

    RecordCodec<Policy> codec = new RecordCodec<>(Policy.class);
    assertThat(after.steps()).isEqualTo(1);
    assertThat(codec.decode(codec.encode(after))).isEqualTo(after);
    assertThat(policy.learn(choices, feedback, Seeds.generator(2))).isEqualTo(after);
    assertThatThrownBy(() -> policy.learn(choices, feedback, Seeds.generator(3)))
        .hasMessageContaining("the generator is not that of the samples");
  }

  private static RelaxedChoice given(IndependentChoices one) {
    return RelaxedChoice.given(1, TEMPERATURE, one.logarithms()[0], Seeds.generator(5));
  }

  private static double squares(RelaxSample sample, ControlVariate variate, int index, float step) {
    ControlVariate moved =
        new ControlVariate(5, 2, Enumerated.moved(variate.values(), index, step));
    double sum = 0;
    for (double each : Rows.scaled(1, sample.estimate(0.7, moved)).flat()) {
      sum += each * each;
    }
    return sum;
  }

  private static double[] estimate(
      IndependentChoices distribution,
      ControlVariate variate,
      RandomGenerator random,
      ToDoubleFunction<List<Integer>> loss) {
    GumbelSample drawn = distribution.gumbel(TEMPERATURE, random);
    RelaxSample sample = new RelaxSample(distribution, drawn, Set.of(), random);
    return Rows.scaled(1, sample.estimate(loss.applyAsDouble(drawn.picks()), variate)).flat();
  }

  private static double loss(List<Integer> picks) {
    return picks.get(0) * (picks.get(1) - 0.3) + 0.2;
  }

  /** Bits that count more and less, and two that count together. */
  private static double bits(List<Integer> picks) {
    return 1 + picks.get(0) + 0.5 * picks.get(1) + 0.8 * picks.get(2) * picks.get(3);
  }

  /** The logits stay where they are, nearly. */
  private static RelaxSettings slow() {
    return new RelaxSettings(
        null, 16, 0.01, new RewardSettings(null, 1e-9, null, null, null, 0.99, null));
  }
}
