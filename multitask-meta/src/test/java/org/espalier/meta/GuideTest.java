package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuideTest {
  private static final PricedChoices CHOICES = new PricedChoices(List.of(3, 2), List.of());

  @ParameterizedTest
  @EnumSource(EmbeddingSettings.Type.class)
  void gradientsOfPicksEntropyReconstructionAndGatesAgreeWithDifferences(
      EmbeddingSettings.Type type) {
    GuideShape shape = new GuideShape(new EmbeddingSettings(type, 4, 2, 1.0), 2, 3, List.of(3, 2));
    float[] values = shape.initial(Seeds.generator(1)).toArray();
    try (Guide guide = new Guide(shape)) {
      double[] gradient = new double[shape.size()];
      loss(guide, values, gradient);

      double[] unused = new double[0];
      for (int i = 0; i < values.length; i++) {
        float kept = values[i];
        float step = 1e-2f;
        values[i] = kept + step;
        double ahead = loss(guide, values, unused);
        double up = values[i];
        values[i] = kept - step;
        double behind = loss(guide, values, unused);
        double down = values[i];
        values[i] = kept;
        assertThat((ahead - behind) / (up - down))
            .as("parameter %s", i)
            .isCloseTo(gradient[i], within(1e-3 + 1e-2 * Math.abs(gradient[i])));
      }
    }
  }

  private static double loss(Guide guide, float[] values, double[] gradient) {
    guide.load(Floats.of(values), true);
    double[] tokens = {0.1, 0.4, -0.3, 0.2, 0.5, -0.6};
    Guide.Embedded embedded = guide.embed(tokens, Seeds.generator(2));
    Guide.Picked picked = guide.pick(embedded, CHOICES, 0.1, (choice, p) -> 1);
    var gates = guide.gates(embedded);
    var loss =
        guide.weighted(
            List.of(
                picked.logProbability(),
                picked.entropy(),
                embedded.reconstruction(),
                guide.along(gates, new double[] {0.3, -0.2, 0.9})),
            -0.7,
            -0.3,
            0.5,
            1);
    double value = loss.value().item();
    if (gradient.length > 0) {
      System.arraycopy(guide.gradient(loss), 0, gradient, 0, gradient.length);
    }
    return value;
  }
}
