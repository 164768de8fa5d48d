package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class StraightThroughTest {
  private static final PricedChoices FREE = new PricedChoices(Collections.nCopies(6, 4), List.of());
  private static final int STEPS = 100;

  @Test
  void itFindsTheBestWidthsOfABandit() {
    List<Integer> best = List.of(3, 2, 1, 0, 3, 1);
    GradientPolicy sampler = start(FREE);

    for (int step = 0; step < STEPS; step++) {
      RandomGenerator random = Seeds.generator(12, step);
      List<Optional<Feedback>> batch = new ArrayList<>();
      for (List<Integer> sample : sampler.sample(FREE, 8, Seeds.generator(11, step))) {
        List<List<Double>> gates = new ArrayList<>();
        for (int good : best) {
          gates.add(
              IntStream.range(0, 4)
                  .mapToObj(option -> (option == good ? -0.3 : -0.2) + 0.02 * random.nextGaussian())
                  .toList());
        }
        batch.add(judged(sample, gates));
      }
      sampler = sampler.learn(FREE, batch, Seeds.generator(11, step));
    }

    assertThat(sampler.best(FREE, 1)).containsExactly(best);
    double[][] marginals = sampler.marginals(FREE, 1, Seeds.generator(12));
    for (int choice = 0; choice < best.size(); choice++) {
      assertThat(marginals[choice][best.get(choice)]).isGreaterThan(0.5);
    }
  }

  @Test
  void gatesThatAreAllAlikeTeachNothing() {
    GradientPolicy sampler = start(FREE);

    GradientPolicy after = sampler;
    for (int step = 0; step < 3; step++) {
      after = after.learn(FREE, gated(after, step, -0.25), Seeds.generator(21, step));
    }

    assertThat(after.distribution()).isEqualTo(sampler.distribution());
    assertThat(after.steps()).isEqualTo(3);
  }

  @Test
  void theTemperatureFallsFromTheFirstToTheLastStep() {
    GradientPolicy sampler = start(FREE);

    assertThat(temperature(sampler)).isEqualTo(SamplerSettings.defaults().temperature());
    for (int step = 0; step < STEPS - 1; step++) {
      double before = temperature(sampler);
      sampler = sampler.learn(FREE, gated(sampler, step, 0), Seeds.generator(21, step));
      assertThat(temperature(sampler)).isLessThan(before);
    }
    assertThat(temperature(sampler))
        .isCloseTo(SamplerSettings.defaults().finalTemperature(), within(1e-12));
    sampler = sampler.learn(FREE, gated(sampler, STEPS, 0), Seeds.generator(21, STEPS));
    assertThat(temperature(sampler))
        .isCloseTo(SamplerSettings.defaults().finalTemperature(), within(1e-12));
  }

  @Test
  void candidatesThatCouldNotBeJudgedAreLeftOut() {
    GradientPolicy sampler = start(FREE);
    List<Optional<Feedback>> all = gated(sampler, 1, 0);
    List<Optional<Feedback>> some = new ArrayList<>(all);
    some.set(1, Optional.empty());

    GradientPolicy after = sampler.learn(FREE, some, Seeds.generator(21, 1));

    assertThat(after.steps()).isEqualTo(1);
    assertThatThrownBy(() -> sampler.learn(FREE, all, Seeds.generator(22, 1)))
        .hasMessageContaining("the generator is not that of the samples");
  }

  @Test
  void choicesThatDependOnEachOtherAreRefused() {
    StraightThrough estimator = (StraightThrough) start(FREE).estimator();
    Distribution lstm = LstmDistribution.start(4, 1, FREE.sizes(), Seeds.generator(1));
    AdamRule rule = new AdamRule(0.1, 0.5, 0.999, 1e-8, 0);

    assertThatThrownBy(() -> GradientPolicy.start(lstm, estimator, rule))
        .hasMessageContaining("needs independent choices");
  }

  @Test
  void theBestCandidatesAreTheMostProbable() {
    GradientPolicy sampler = start(FREE);
    for (int step = 0; step < 5; step++) {
      RandomGenerator random = Seeds.generator(32, step);
      List<Optional<Feedback>> batch = new ArrayList<>();
      for (List<Integer> sample : sampler.sample(FREE, 4, Seeds.generator(31, step))) {
        batch.add(judged(sample, gates(random)));
      }
      sampler = sampler.learn(FREE, batch, Seeds.generator(31, step));
    }

    assertThat(sampler.best(FREE, 20)).isEqualTo(((Categoricals) sampler.distribution()).topK(20));
  }

  @Test
  void aBatchOfNothingChangesNothing() {
    GradientPolicy sampler = start(FREE);

    assertThat(sampler.learn(FREE, List.of(), Seeds.generator(1))).isSameAs(sampler);
  }

  @Test
  void equalArgumentsGiveEqualBits() {
    RecordCodec<Policy> codec = new RecordCodec<>(Policy.class);
    GradientPolicy once =
        start(FREE).learn(FREE, gated(start(FREE), 1, 0.5), Seeds.generator(21, 1));
    GradientPolicy again =
        start(FREE).learn(FREE, gated(start(FREE), 1, 0.5), Seeds.generator(21, 1));

    assertThat(codec.encode(again)).isEqualTo(codec.encode(once));
    assertThat(codec.decode(codec.encode(once))).isEqualTo(once);
  }

  @Test
  void otherChoicesAreRefused() {
    PricedChoices others = new PricedChoices(List.of(2), List.of());

    assertThatThrownBy(() -> start(FREE).best(others, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2]");
  }

  private static List<List<Double>> gates(RandomGenerator random) {
    return IntStream.range(0, 6).mapToObj(choice -> random.doubles(4).boxed().toList()).toList();
  }

  private static List<Optional<Feedback>> gated(GradientPolicy sampler, int seed, double gate) {
    return sampler.sample(FREE, 4, Seeds.generator(21, seed)).stream()
        .map(sample -> judged(sample, Collections.nCopies(6, Collections.nCopies(4, gate))))
        .toList();
  }

  private static Optional<Feedback> judged(List<Integer> picks, List<List<Double>> gates) {
    return Optional.of(new Feedback(picks, 0.5, gates));
  }

  private static double temperature(GradientPolicy sampler) {
    return ((StraightThrough) sampler.estimator()).temperature().after(sampler.steps());
  }

  private static GradientPolicy start(PricedChoices choices) {
    return (GradientPolicy) SamplerSettings.defaults().start(choices, STEPS, Seeds.generator(4));
  }
}
