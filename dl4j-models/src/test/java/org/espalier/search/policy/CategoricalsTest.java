package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class CategoricalsTest {
  /** Softmax of (1, 0.5, -0.3). */
  private static final double[] KNOWN = {0.5322, 0.3228, 0.1450};

  private static final Categoricals ONE = new Categoricals(List.of(3), Floats.of(1, 0.5f, -0.3f));

  /** Logits and steps between them are exact in float32. */
  private static final Categoricals SOME =
      new Categoricals(List.of(3, 1, 2, 4), Floats.of(1, 0.5f, -0.25f, 0, 2, 0, 1, 0.5f, 1, -1));

  @Test
  void marginalsAreTheSoftmaxOfTheLogits() {
    assertThat(ONE.marginals()[0]).containsExactly(KNOWN, within(5e-5));
  }

  @Test
  void gumbelMaxFrequenciesAreTheProbabilities() {
    RandomGenerator random = Seeds.generator(1);
    int draws = 100_000;
    int[] counts = new int[3];

    for (int i = 0; i < draws; i++) {
      counts[ONE.gumbel(1, random).picks().get(0)]++;
    }

    // Beyond 4.5 standard errors for one of three: a false alarm in 50,000 seeds.
    assertFrequencies(counts, ONE.marginals()[0], 4.5);
  }

  @Test
  void sampledFrequenciesAreTheProbabilities() {
    RandomGenerator random = Seeds.generator(2);
    int[] counts = new int[3];

    for (int i = 0; i < 100_000; i++) {
      counts[ONE.sample(random).get(0)]++;
    }

    // As above.
    assertFrequencies(counts, ONE.marginals()[0], 4.5);
  }

  @Test
  void theMeanGradientOfTheLogProbabilityIsZero() {
    double[] mean = new double[SOME.logits().size()];

    for (List<Integer> picks : Enumerated.all(SOME.sizes())) {
      double probability = StrictMath.exp(SOME.logProbability(picks));
      double[] gradient = flat(SOME.logProbabilityGradient(picks));
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probability * gradient[i];
      }
    }

    assertThat(mean).containsExactly(new double[mean.length], within(1e-14));
  }

  @Test
  void gradientsAreFiniteDifferences() {
    List<Integer> picks = List.of(1, 0, 0, 3);
    float step = 0x1p-10f;

    double[] ofLogarithm = flat(SOME.logProbabilityGradient(picks));
    double[] ofEntropy = flat(SOME.entropyGradient());

    for (int i = 0; i < ofLogarithm.length; i++) {
      Categoricals up = SOME.with(Enumerated.moved(SOME.values(), i, step));
      Categoricals down = SOME.with(Enumerated.moved(SOME.values(), i, -step));
      double slope = (up.logProbability(picks) - down.logProbability(picks)) / (2 * step);
      assertThat(ofLogarithm[i]).isCloseTo(slope, within(1e-6));
      assertThat(ofEntropy[i])
          .isCloseTo((up.entropy() - down.entropy()) / (2 * step), within(1e-6));
    }
  }

  @Test
  void theMeanOfReinforceIsTheEnumeratedGradient() {
    double[] exact = Enumerated.gradient(SOME, CategoricalsTest::value);
    RandomGenerator random = Seeds.generator(3);

    // Beyond 4 standard errors for one of ten: a false alarm in 1,500 seeds.
    Enumerated.assertMean(
        exact,
        20_000,
        draw -> {
          List<Integer> picks = SOME.sample(random);
          return Rows.scaled(value(picks), SOME.logProbabilityGradient(picks)).flat();
        });
  }

  @Test
  void theEntropyOfEqualOptionsIsTheLogarithmOfTheirNumber() {
    assertThat(Categoricals.uniform(List.of(4, 1, 5)).entropy())
        .isCloseTo(Math.log(20), within(1e-14));
  }

  @Test
  void theMostProbableCandidatesComeInOrder() {
    List<List<Integer>> expected = new ArrayList<>(Enumerated.all(SOME.sizes()));
    expected.sort(Comparator.comparingDouble(picks -> -SOME.logProbability(picks)));

    List<List<Integer>> top = SOME.topK(100);

    assertThat(top).hasSize(24).doesNotHaveDuplicates();
    for (int i = 0; i < top.size(); i++) {
      assertThat(SOME.logProbability(top.get(i)))
          .isCloseTo(SOME.logProbability(expected.get(i)), within(1e-12));
    }
    assertThat(SOME.topK(5)).isEqualTo(top.subList(0, 5));
    assertThat(SOME.topK(1)).containsExactly(List.of(0, 0, 0, 0));
  }

  @Test
  void equallyProbableCandidatesComeWithTheSmallerPicksFirst() {
    assertThat(Categoricals.uniform(List.of(2, 2)).topK(4))
        .containsExactly(List.of(0, 0), List.of(0, 1), List.of(1, 0), List.of(1, 1));
  }

  @Test
  void logitsOfWhatIsLeftAreTakenOverLessTheirMean() {
    Categoricals left = Categoricals.uniform(List.of(2, 1, 2, 4));

    IndependentChoices all =
        left.inheriting(
            SOME, List.of(List.of(0, 2), List.of(0), List.of(0, 1), List.of(0, 1, 2, 3)), 1);
    IndependentChoices half =
        left.inheriting(
            SOME, List.of(List.of(0, 2), List.of(0), List.of(0, 1), List.of(0, 1, 2, 3)), 0.5);

    assertThat(all.values().toArray())
        .containsExactly(0.625f, -0.625f, 0, 1, -1, 0.625f, 0.125f, 0.625f, -1.375f);
    assertThat(half.values().get(0)).isEqualTo(0.3125f);
    assertThat(all.marginals()[3]).containsExactly(SOME.marginals()[3], within(1e-12));
  }

  @Test
  void decodedDistributionsAreEqual() {
    RecordCodec<Categoricals> codec = new RecordCodec<>(Categoricals.class);

    assertThat(codec.decode(codec.encode(SOME))).isEqualTo(SOME);
  }

  @Test
  void logitsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new Categoricals(List.of(2, 2), Floats.of(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need 4 logits, got 3");
    assertThatThrownBy(() -> new Categoricals(List.of(2), Floats.of(1, Float.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logit 1 is NaN");
    assertThatThrownBy(() -> SOME.logProbability(List.of(3, 0, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 0, 0, 0]");
  }

  /** Any function of candidates. */
  private static double value(List<Integer> picks) {
    return picks.get(0) * picks.get(3) - 0.5 * picks.get(2) + 0.3;
  }

  private static void assertFrequencies(int[] counts, double[] probabilities, double errors) {
    int draws = 0;
    for (int count : counts) {
      draws += count;
    }
    for (int k = 0; k < counts.length; k++) {
      double p = probabilities[k];
      assertThat((double) counts[k] / draws)
          .isCloseTo(p, within(errors * Math.sqrt(p * (1 - p) / draws)));
    }
  }

  private static double[] flat(double[][] values) {
    return java.util.Arrays.stream(values).flatMapToDouble(java.util.Arrays::stream).toArray();
  }
}
