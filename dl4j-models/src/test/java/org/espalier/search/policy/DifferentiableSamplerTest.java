package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class DifferentiableSamplerTest {
  private static final PricedChoices FREE = new PricedChoices(Collections.nCopies(6, 4), List.of());
  private static final int STEPS = 100;

  @Test
  void itFindsTheBestWidthsOfABandit() {
    List<Integer> best = List.of(3, 2, 1, 0, 3, 1);
    DifferentiableSampler sampler = start(FREE);

    for (int step = 0; step < STEPS; step++) {
      RandomGenerator random = Seeds.generator(11, step);
      List<Gated> batch = new ArrayList<>();
      for (GumbelSample sample : sampler.draw(8, random)) {
        List<List<Double>> gates = new ArrayList<>();
        for (int good : best) {
          gates.add(
              IntStream.range(0, 4)
                  .mapToObj(option -> (option == good ? -0.3 : -0.2) + 0.02 * random.nextGaussian())
                  .toList());
        }
        batch.add(new Gated(sample, gates));
      }
      sampler = sampler.learn(FREE, batch);
    }

    assertThat(sampler.best(FREE, 1)).containsExactly(best);
    double[][] marginals = sampler.marginals(FREE, 1, Seeds.generator(12));
    for (int choice = 0; choice < best.size(); choice++) {
      assertThat(marginals[choice][best.get(choice)]).isGreaterThan(0.5);
    }
  }

  @Test
  void gatesThatAreAllAlikeTeachNothing() {
    DifferentiableSampler sampler = start(FREE);

    DifferentiableSampler after = sampler;
    for (int step = 0; step < 3; step++) {
      after = after.learn(FREE, gated(after, step, -0.25));
    }

    assertThat(after.distribution()).isEqualTo(sampler.distribution());
    assertThat(after.steps()).isEqualTo(3);
  }

  @Test
  void theTemperatureFallsFromTheFirstToTheLastStep() {
    DifferentiableSampler sampler = start(FREE);

    assertThat(sampler.temperature()).isEqualTo(sampler.settings().temperature());
    for (int step = 0; step < STEPS - 1; step++) {
      double before = sampler.temperature();
      sampler = sampler.learn(FREE, gated(sampler, step, 0));
      assertThat(sampler.temperature()).isLessThan(before);
    }
    assertThat(sampler.temperature())
        .isCloseTo(sampler.settings().finalTemperature(), within(1e-12));
    sampler = sampler.learn(FREE, gated(sampler, STEPS, 0));
    assertThat(sampler.temperature())
        .isCloseTo(sampler.settings().finalTemperature(), within(1e-12));
  }

  @Test
  void samplesAreThePicksOfWhatIsDrawn() {
    DifferentiableSampler sampler = start(FREE);

    assertThat(sampler.sample(FREE, 5, Seeds.generator(3)))
        .isEqualTo(sampler.draw(5, Seeds.generator(3)).stream().map(GumbelSample::picks).toList());
  }

  @Test
  void theBestCandidatesAreTheMostProbable() {
    DifferentiableSampler sampler = start(FREE);
    for (int step = 0; step < 5; step++) {
      RandomGenerator random = Seeds.generator(31, step);
      List<Gated> batch = new ArrayList<>();
      for (GumbelSample sample : sampler.draw(4, random)) {
        batch.add(new Gated(sample, gates(random)));
      }
      sampler = sampler.learn(FREE, batch);
    }

    assertThat(sampler.best(FREE, 20)).isEqualTo(sampler.distribution().topK(20));
  }

  @Test
  void aBatchOfNothingChangesNothing() {
    DifferentiableSampler sampler = start(FREE);

    assertThat(sampler.learn(FREE, List.of())).isSameAs(sampler);
  }

  @Test
  void equalArgumentsGiveEqualBits() {
    RecordCodec<Policy> codec = new RecordCodec<>(Policy.class);
    DifferentiableSampler once = start(FREE).learn(FREE, gated(start(FREE), 1, 0.5));
    DifferentiableSampler again = start(FREE).learn(FREE, gated(start(FREE), 1, 0.5));

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

  private static List<Gated> gated(DifferentiableSampler sampler, int seed, double gate) {
    return sampler.draw(4, Seeds.generator(21, seed)).stream()
        .map(sample -> new Gated(sample, Collections.nCopies(6, Collections.nCopies(4, gate))))
        .toList();
  }

  private static DifferentiableSampler start(PricedChoices choices) {
    return (DifferentiableSampler)
        Policy.start(SamplerSettings.defaults(), choices, STEPS, Seeds.generator(4));
  }
}
