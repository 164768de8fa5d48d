package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.search.policy.AdamMoments;
import org.espalier.search.policy.AdamRule;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bandit whose best option is known for each family of tasks. */
class ControllerTest {
  private static final PricedChoices CHOICES = new PricedChoices(List.of(3), List.of());
  private static final int FAMILIES = 3;

  @ParameterizedTest
  @EnumSource(
      value = EmbeddingSettings.Type.class,
      names = {"RECURRENT", "DEEP_SETS"})
  void theBestOptionOfEachFamilyIsFound(EmbeddingSettings.Type type) {
    GuideShape shape = new GuideShape(new EmbeddingSettings(type, 12, 2, 0.01), 2, 0, List.of(3));
    Floats values = shape.initial(Seeds.generator(4));
    AdamMoments moments = AdamMoments.zeros(values.size());
    AdamRule adam = new AdamRule(0.005, 0.9, 0.999, 1e-8, 0);
    double[] baselines = new double[FAMILIES];
    try (Guide guide = new Guide(shape)) {
      for (int round = 0; round < 80; round++) {
        double[] gradient = new double[shape.size()];
        for (int i = 0; i < 12; i++) {
          int family = i % FAMILIES;
          long seed = Seeds.mix(1, round, i);
          guide.load(values, true);
          Guide.Embedded embedded = guide.embed(tokens(family, seed), Seeds.generator(seed, 2));
          Guide.Picked picked =
              guide.pick(embedded, CHOICES, 0.1, Guide.drawing(Seeds.generator(seed, 3)));
          double reward = picked.picks().get(0) == family ? 0.3 : 0;
          var loss =
              guide.weighted(
                  List.of(
                      picked.logProbability(),
                      picked.entropy(),
                      guide.distance(guide.expected(embedded, picked.picks()), reward)),
                  baselines[family] - reward,
                  -0.02,
                  1);
          double[] slopes = guide.gradient(loss);
          for (int k = 0; k < slopes.length; k++) {
            gradient[k] += slopes[k] / 12;
          }
          baselines[family] = 0.95 * baselines[family] + 0.05 * reward;
        }
        AdamRule.Stepped stepped = adam.step(values, moments, gradient);
        values = stepped.values();
        moments = stepped.moments();
      }
      assertThat(right(guide, values)).isGreaterThan(0.9);
    }
  }

  private static double right(Guide guide, Floats values) {
    int right = 0;
    for (int i = 0; i < 60; i++) {
      guide.load(values, false);
      Guide.Embedded embedded =
          guide.embed(tokens(i % FAMILIES, Seeds.mix(9, i)), Seeds.generator(5, i));
      right +=
          guide.pick(embedded, CHOICES, 0, Guide.best()).picks().get(0) == i % FAMILIES ? 1 : 0;
    }
    return right / 60.0;
  }

  /** Three examples around a point of the family. */
  private static double[] tokens(int family, long seed) {
    var random = Seeds.generator(seed, 1);
    double[] tokens = new double[6];
    for (int i = 0; i < 3; i++) {
      double angle = 2 * Math.PI * family / FAMILIES;
      tokens[2 * i] = Math.cos(angle) + 0.3 * random.nextGaussian();
      tokens[2 * i + 1] = Math.sin(angle) + 0.3 * random.nextGaussian();
    }
    return tokens;
  }
}
