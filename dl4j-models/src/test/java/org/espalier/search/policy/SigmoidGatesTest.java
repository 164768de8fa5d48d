package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class SigmoidGatesTest {
  /** Logits and steps between them are exact in float32. */
  private static final SigmoidGates SOME =
      new SigmoidGates(List.of(3, 1, 2), Floats.of(1, 0.5f, -0.25f, 3, 2, -1));

  private static final float STEP = 0x1p-10f;

  @Test
  void gatesAreSigmoidsAndProbabilitiesTheirShares() {
    double[][] gates = SOME.gates();
    double[][] marginals = SOME.marginals();

    for (int choice = 0, next = 0; choice < 3; choice++) {
      double sum = 0;
      for (double gate : gates[choice]) {
        assertThat(gate).isCloseTo(1 / (1 + Math.exp(-SOME.logits().get(next++))), within(1e-15));
        sum += gate;
      }
      for (int option = 0; option < gates[choice].length; option++) {
        assertThat(marginals[choice][option]).isCloseTo(gates[choice][option] / sum, within(1e-15));
      }
    }
  }

  @Test
  void gatesOfLargeLogitsAreFinite() {
    SigmoidGates far = new SigmoidGates(List.of(2), Floats.of(800, -800));

    assertThat(far.gates()[0]).containsExactly(1, 0);
    assertThat(far.logarithms()[0]).containsExactly(-0.0, -800);
    assertThat(far.backward(new double[][] {{1, 1}})[0]).containsExactly(0, 1);
  }

  @Test
  void gumbelMaxFrequenciesAreTheProbabilities() {
    RandomGenerator random = Seeds.generator(1);
    double[] expected = SOME.marginals()[0];

    // Beyond 4 standard errors for one of three: a false alarm in 5,000 seeds.
    Enumerated.assertMean(
        expected,
        100_000,
        draw -> {
          double[] hit = new double[3];
          hit[SOME.gumbel(1, random).picks().get(0)] = 1;
          return hit;
        });
  }

  @Test
  void gradientsAreFiniteDifferences() {
    List<Integer> picks = List.of(1, 0, 1);
    double[][] byGates = {{0.5, -1, 2}, {3}, {-0.5, 1.5}};
    double[] ofLogarithm = Rows.scaled(1, SOME.logProbabilityGradient(picks)).flat();
    double[] ofEntropy = Rows.scaled(1, SOME.entropyGradient()).flat();
    double[] ofGates = Rows.scaled(1, SOME.gatesBackward(byGates)).flat();

    for (int i = 0; i < ofLogarithm.length; i++) {
      SigmoidGates up = SOME.with(Enumerated.moved(SOME.logits(), i, STEP));
      SigmoidGates down = SOME.with(Enumerated.moved(SOME.logits(), i, -STEP));
      assertThat(ofLogarithm[i])
          .isCloseTo(
              (up.logProbability(picks) - down.logProbability(picks)) / (2 * STEP), within(1e-6));
      assertThat(ofEntropy[i])
          .isCloseTo((up.entropy() - down.entropy()) / (2 * STEP), within(1e-6));
      assertThat(ofGates[i])
          .isCloseTo(
              (dot(up.gates(), byGates) - dot(down.gates(), byGates)) / (2 * STEP), within(1e-6));
    }
  }

  @Test
  void theMeanGradientOfTheLogProbabilityIsZero() {
    assertThat(Enumerated.gradient(SOME, picks -> 1)).containsExactly(new double[6], within(1e-14));
  }

  @Test
  void logitsOfWhatIsLeftAreTakenOverLessTheirMean() {
    SigmoidGates left = SigmoidGates.half(List.of(2, 1, 2));
    List<List<Integer>> positions = List.of(List.of(0, 2), List.of(0), List.of(1, 0));

    assertThat(left.inheriting(SOME, positions, 0.5).values().toArray())
        .containsExactly(0.3125f, -0.3125f, 0, -0.75f, 0.75f);
    Categoricals other = Categoricals.uniform(SOME.sizes());
    assertThat(left.inheriting(other, positions, 1)).isEqualTo(left);
  }

  @Test
  void decodedDistributionsAreEqual() {
    RecordCodec<Distribution> codec = new RecordCodec<>(Distribution.class);

    assertThat(codec.decode(codec.encode(SOME))).isEqualTo(SOME);
  }

  private static double dot(double[][] left, double[][] right) {
    double sum = 0;
    for (int row = 0; row < left.length; row++) {
      for (int i = 0; i < left[row].length; i++) {
        sum += left[row][i] * right[row][i];
      }
    }
    return sum;
  }
}
