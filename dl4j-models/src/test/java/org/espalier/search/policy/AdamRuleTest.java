package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.junit.jupiter.api.Test;

class AdamRuleTest {
  private static final AdamRule RULE = new AdamRule(0.1, 0.5, 0.99, 1e-8, 0.01);

  @Test
  void threeStepsFollowTheAlgorithm() {
    double[][] gradients = {{1, -2}, {0.5, 0}, {-1, 3}};
    Floats values = Floats.of(0.5f, -1);
    AdamMoments moments = AdamMoments.zeros(2);

    for (double[] gradient : gradients) {
      AdamRule.Stepped stepped = RULE.step(values, moments, gradient);
      values = stepped.values();
      moments = stepped.moments();
    }

    for (int i = 0; i < 2; i++) {
      double value = i == 0 ? 0.5 : -1;
      double mean = 0;
      double square = 0;
      for (int t = 1; t <= 3; t++) {
        double slope = gradients[t - 1][i] + 0.01 * value;
        mean = 0.5 * mean + 0.5 * slope;
        square = 0.99 * square + 0.01 * slope * slope;
        double corrected = square / (1 - Math.pow(0.99, t));
        value -= 0.1 * mean / (1 - Math.pow(0.5, t)) / (Math.sqrt(corrected) + 1e-8);
      }
      assertThat((double) values.get(i)).isCloseTo(value, within(1e-6));
    }
    assertThat(moments.steps()).isEqualTo(3);
  }

  @Test
  void aGradientThatIsNotFiniteIsRefused() {
    assertThatThrownBy(
            () -> RULE.step(Floats.of(1), AdamMoments.zeros(1), new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradient 0 is NaN");
  }

  @Test
  void sizesThatDifferAreRefused() {
    assertThatThrownBy(() -> RULE.step(Floats.of(1, 2), AdamMoments.zeros(1), new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values, 1 moments");
  }

  @Test
  void decodedMomentsAreEqual() {
    AdamMoments moments = new AdamMoments(Floats.of(1, 2), Floats.of(3, 4), 5);
    RecordCodec<AdamMoments> codec = new RecordCodec<>(AdamMoments.class);

    assertThat(codec.decode(codec.encode(moments))).isEqualTo(moments);
  }
}
